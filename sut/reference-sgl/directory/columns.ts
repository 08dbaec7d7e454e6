/**
 * Header of each column used in the public extraction `PS_LibreAcces_Personne_activite` (fields separated by `|`).
 * The layout belongs to the directory and changes: a header that differs is given in the configuration
 * (`annuaire.columns`), and columns are found by header, never by position.
 */
export const EXTRACTION_COLUMNS = {
  /** PS_IdNat, `8` + RPPS. */
  nationalId: 'Identification nationale PP',
  /** RPPS alone, used when the previous column is absent. */
  rpps: 'Identifiant PP',
  lastName: "Nom d'exercice",
  firstName: "Prénom d'exercice",
  title: "Code civilité d'exercice",
  profession: 'Code profession',
  speciality: 'Code savoir-faire',
  mailbox: 'Adresse BAL',
} as const;

export type DirectoryColumn = keyof typeof EXTRACTION_COLUMNS;

/** Where each known column stands in this file, by its header; -1 when the file does not have it. */
export type ColumnPositions = Readonly<Record<DirectoryColumn, number>>;

/** @param guess only with its fault: a title that is not quite the expected one is taken for it */
export function locateColumns(
  header: readonly string[],
  overrides: Readonly<Record<string, string>> = {},
  guess = false,
): ColumnPositions {
  const simple = (text: string): string => text.replaceAll('’', "'").trim().toLowerCase();
  const headers = header.map(simple);
  const entries = Object.entries(EXTRACTION_COLUMNS).map(([column, title]) => {
    const wanted = simple(overrides[column] ?? title);
    const at = headers.indexOf(wanted);
    return [column, at < 0 && guess ? headers.findIndex((one) => one.startsWith(wanted)) : at];
  });
  return Object.fromEntries(entries) as ColumnPositions;
}
