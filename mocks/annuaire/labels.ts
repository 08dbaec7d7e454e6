import table from './data/labels.json' with { type: 'json' };

type LabelTable = 'profession' | 'speciality' | 'sector' | 'civility' | 'title';

/** French label of a code of the directory; the code itself when the table does not hold it. */
export function labelOf(kind: LabelTable, code: string): string {
  const labels: Readonly<Record<string, string>> = table[kind];
  return labels[code] ?? code;
}
