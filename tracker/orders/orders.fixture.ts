import { cents, withVat } from '#dsr/money/index.ts';
import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { COLUMNS } from './columns.ts';
import type { IdentifierReader } from './row-reader.ts';
import type { ReadOrder } from './read.ts';
import type { SourceTable } from './table.ts';
import type { Order } from './types.ts';

export const day = (text: string): CivilDate => parseCivilDate(text)!;

/** Stands for the codec of identifiers: the right length is right, the rest is told. */
export const identifier: IdentifierReader = (kind, text) => {
  const value = text.replaceAll(' ', '');
  const length = { siret: 14, finess: 9, rpps: 11 }[kind];
  return value.length === length
    ? { ok: true, value }
    : { ok: false, message: `${kind} faux`, remedy: `${length} caractères.` };
};

/** Values of a healthy row, by name of column. */
export const HEALTHY: Readonly<Record<string, string>> = {
  number: 'BC-1',
  'client.name': 'Labo Pommeverte',
  'client.siret': '000 000 000 00109',
  couloir: 'bio',
  wave: 'va1',
  instance: 'INST-1',
  sites: '990000028 990000036',
  'product.name': 'LaboExemple',
  'product.version': '7.2',
  'amounts.ht': '27 450,00 €',
  'amounts.vatRate': '20 %',
  'amounts.ttc': '32940',
  signedOn: '01/02/2022',
  conditionalMention: 'Oui',
  stateMention: 'x',
};

/** A sheet with a header of titles and one row for each set of values. */
export function tableOf(...rows: readonly Readonly<Record<string, string>>[]): SourceTable {
  const names = COLUMNS.map(({ name }) => name).filter((name) => rows.some((row) => row[name] !== undefined));
  const header = names.map((name) => COLUMNS.find((column) => column.name === name)!.title);
  const cells = rows.map((row) => names.map((name) => row[name] ?? ''));
  return { name: '', rows: [header, ...cells].map((each, index) => ({ row: index + 1, cells: each })) };
}

/** An order as the readers give it. */
export function orderOf(changes: Partial<Order> = {}): Order {
  return {
    number: 'BC-1',
    client: { name: 'Labo Pommeverte', siret: '00000000000109' },
    couloir: 'SGL',
    wave: '1',
    instance: 'INST-1',
    sites: [{ finess: '990000028' }, { finess: '990000036' }],
    product: { name: 'LaboExemple', version: '7.2' },
    amounts: withVat(cents(2_745_000), 2000),
    signedOn: day('2022-02-01'),
    conditionalMention: true,
    stateMention: true,
    amendments: [],
    attachments: [],
    ...changes,
  };
}

/** Places of an order in a sheet. */
export const PLACES: ReadOrder['places'] = {
  number: { column: 'A', header: 'N°' },
  couloir: { column: 'B', header: 'Couloir' },
  instance: { column: 'C', header: 'Instance' },
  sites: { column: 'D', header: 'Sites' },
  'amounts.ht': { column: 'E', header: 'HT' },
  signedOn: { column: 'F', header: 'Signé le' },
};
