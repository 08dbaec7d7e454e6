import table from './professions.json' with { type: 'json' };

const COVERED: ReadonlyMap<string, string> = new Map(Object.entries(table.covered));

/** Whether the RPPS numbers this profession (G15 code): the number is then looked up. */
export function isCovered(profession: string): boolean {
  return COVERED.has(profession);
}

/** Its French name; the words themselves for a profession that has no code. */
export function professionName(profession: string): string {
  return COVERED.get(profession) ?? profession;
}

/** Codes and names, for a list of choices. */
export function coveredProfessions(): readonly (readonly [code: string, name: string])[] {
  return [...COVERED];
}
