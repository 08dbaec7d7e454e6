import data from './columns.json' with { type: 'json' };

export type ColumnKind =
  | 'text'
  | 'siret'
  | 'finess'
  | 'rpps'
  | 'couloir'
  | 'wave'
  | 'sites'
  | 'euros'
  | 'rate'
  | 'date'
  | 'signature'
  | 'yes-no'
  | 'amendment-status'
  | 'acceptance-kind'
  | 'reserves'
  | 'address'
  | 'mss-deployment'
  | 'paths';

/** A column of the published template; in JSON, the dots of its name are levels. */
export interface OrderColumn {
  readonly name: string;
  /** Header in the template. */
  readonly title: string;
  readonly kind: ColumnKind;
  /** What to write, a French phrase. */
  readonly format: string;
  readonly example: string;
  /** When it must be filled, a French phrase; `toujours` is always. */
  readonly required: string;
  /** Other headers that name it, folded. */
  readonly aliases: readonly string[];
}

/** Columns in the order of the template. */
export const COLUMNS: readonly OrderColumn[] = data.columns as readonly OrderColumn[];

/** Version of the template, written in it. */
export const TEMPLATE_VERSION: string = data.version;

const BY_HEADER: ReadonlyMap<string, OrderColumn> = new Map(
  COLUMNS.flatMap((column) =>
    [column.name, column.title, ...column.aliases].map((header) => [fold(header), column] as const),
  ),
);

/** Lower case, without accents, blanks and signs as single spaces: « N° de bon » and « n de bon » are one. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/œ/gu, 'oe')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The column that a header names: by its title, its name or an alias, whatever case, accents and signs. */
export function columnOf(header: string): OrderColumn | undefined {
  return BY_HEADER.get(fold(header));
}

/** @throws {RangeError} for a name that the template does not have */
export function columnNamed(name: string): OrderColumn {
  const column = COLUMNS.find((one) => one.name === name);
  if (column === undefined) throw new RangeError(`aucune colonne ${name}`);
  return column;
}
