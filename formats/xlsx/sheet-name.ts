/** Most characters of a sheet name that spreadsheet programs take. */
const MAX_NAME = 31;

/**
 * Names that spreadsheet programs accept for the sheets of one workbook, in the same order: 1 to 31 characters, none of
 * `[ ] : * ? / \`, no apostrophe at either end, and no two alike whatever the case.
 */
export function sheetNames(wanted: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return wanted.map((name, index) => {
    const clean = cleaned(name, MAX_NAME) || `Feuille ${index + 1}`;
    let unique = clean;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
      const suffix = ` (${number})`;
      unique = `${cleaned(clean, MAX_NAME - suffix.length)}${suffix}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

function cleaned(name: string, units: number): string {
  const written = name
    .toWellFormed()
    .replace(/[[\]:*?/\\]/g, '-')
    .replace(/\p{Cc}|\p{Noncharacter_Code_Point}|\uFFFD/gu, ' ')
    .slice(0, units)
    .toWellFormed()
    .replace(/\uFFFD$/u, '');
  return written.replace(/^[\s']+|[\s']+$/g, '');
}
