/**
 * Whether a formula takes its value from outside of the workbook: another file (`[1]Feuille!A1`, `[Prix.xlsx]Feuille!A1`,
 * `'C:\[Prix.xlsx]Feuille'!A1`, `'file:///…'#$Feuille.A1`), another program (`prog|'sujet'!A1`, DDE, RTD) or the network.
 * The brackets of a table (`Tableau1[[#En-têtes],[N°]]`) are not such a link.
 */
export function pointsOutside(formula: string): boolean {
  const withoutTexts = formula.replace(/"[^"]*"/g, '""');
  for (const [quoted] of withoutTexts.matchAll(/'[^']*'(?=[!#'])/g)) {
    if (quoted.includes('[') || quoted.includes('://')) return true;
  }
  const bare = withoutTexts.replace(/'[^']*'/g, "''");
  return (
    bare.includes('|') ||
    /\][^\s[\](){},;:+\-*/^&=<>"'!]*!/.test(bare) ||
    /\b(?:DDE|RTD|WEBSERVICE|SERVICEWEB)\s*\(/i.test(bare)
  );
}
