/** Report of veraPDF about one file, in the shape of its `--format xml`; a rule that failed is `[clause, description]`. */
export function veraPdfReport(failed: readonly (readonly [clause: string, description: string])[]): string {
  const rules = failed.map(
    ([clause, description]) =>
      `<rule specification="ISO 19005-1:2005" clause="${clause}" testNumber="1" status="failed" failedChecks="2"><description>${description}</description><object>PDFont</object></rule>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><report><buildInformation><releaseDetails id="core" version="1.28.1" buildDate="2025-05-01T10:00:00Z"/></buildInformation><jobs><job><item size="1000"><name>compte-rendu.pdf</name></item><validationReport jobEndStatus="normal" profileName="PDF/A-1B validation profile" statement="" isCompliant="${failed.length === 0}"><details passedRules="100" failedRules="${rules.length}" passedChecks="900" failedChecks="2">${rules.join('')}</details></validationReport></job></jobs><batchSummary totalJobs="1" failedToParse="0" encrypted="0"/></report>`;
}
