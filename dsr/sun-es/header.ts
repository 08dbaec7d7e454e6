import { columnLetters } from '#formats/xlsx/index.ts';
import { folded, SUNES_COLUMNS, type ColumnData, type SunesColumn } from './columns.ts';
import { aboutFile, cut, type SunesRowError } from './row-error.ts';

/** Where a column stands in the user's table. */
export interface Place {
  readonly data: ColumnData;
  readonly index: number;
  readonly header: string;
}
export type Places = ReadonlyMap<SunesColumn, Place>;

/** Finds the columns by their headers; those of another use are left aside. */
export function placesOf(
  row: number,
  cells: readonly string[],
): { readonly places: Places; readonly errors: readonly SunesRowError[] } {
  const places = new Map<SunesColumn, Place>();
  const errors: SunesRowError[] = [];
  for (const [index, header] of cells.entries()) {
    const name = folded(header);
    const data = SUNES_COLUMNS.find((one) => folded(one.header) === name || one.alias.includes(name));
    if (data === undefined) continue;
    if (places.has(data.column)) {
      errors.push({
        code: 'SUNES_COLUMN_TWICE',
        row,
        column: columnLetters(index + 1),
        header,
        value: cut(header),
        message: `La colonne « ${data.header} » est donnée deux fois.`,
        remedy: 'Gardez-en une.',
      });
    } else places.set(data.column, { data, index, header });
  }
  const missing = SUNES_COLUMNS.filter(({ column, required }) => required && !places.has(column));
  if (missing.length > 0) {
    errors.push(
      aboutFile('SUNES_HEADER', row, {
        message: `Il manque ${missing.length > 1 ? 'les colonnes' : 'la colonne'} ${missing.map(({ header }) => `« ${header} »`).join(', ')}.`,
        remedy: 'Partez du modèle : npm run jalon -- sunes --template.',
      }),
    );
  }
  return { places, errors };
}
