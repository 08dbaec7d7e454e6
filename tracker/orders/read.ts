import { columnNamed } from './columns.ts';
import { FAULTS, shown, type OrderMessage } from './message.ts';
import { jsonRow, type JsonRow } from './json-rows.ts';
import { readOrder } from './read-order.ts';
import { RowReader, type IdentifierReader, type Row } from './row-reader.ts';
import { findLayout, firstHeaders, type FoundColumn, type SourceTable } from './table.ts';
import type { Order } from './types.ts';

/** Columns of which a fault may be found once the order is read: beside other orders, or the official figures. */
export type PlacedColumn = 'number' | 'couloir' | 'instance' | 'sites' | 'amounts.ht' | 'signedOn';

/** An order with the places that it was read from. */
export interface ReadOrder {
  readonly order: Order;
  /** Row of the sheet, rank of the element in JSON. */
  readonly row: number;
  /** What tells the place of its number. */
  readonly column: string;
  readonly header: string;
  /** Places of the values of which a fault may be found later, its number among them. */
  readonly places: Readonly<Record<PlacedColumn, { readonly column: string; readonly header: string }>>;
}

/** What a list of orders gave. */
export interface OrdersReading {
  /** Healthy rows, in the order of the file. */
  readonly orders: readonly ReadOrder[];
  /** Rows that hold something, the example of the template aside. */
  readonly rows: number;
  /** In the order of the file. */
  readonly messages: readonly OrderMessage[];
  /** Columns of the file; absent for JSON. */
  readonly columns?: readonly FoundColumn[];
  readonly sheet?: string;
}

const MAX_ORDERS = 50_000;
/** Number of the example in the published template. */
export const EXAMPLE_NUMBER = 'EXEMPLE';

/** Orders of a sheet or CSV. Each row is judged by itself: orders are put together by `settleBook`. */
export function readOrderTables(tables: readonly SourceTable[], identifier: IdentifierReader): OrdersReading {
  const layout = findLayout(tables);
  if (layout === undefined) return { orders: [], rows: 0, messages: [noHeader(firstHeaders(tables))] };
  const { columns, rows, table, headerRow } = layout;
  const told = { columns, ...(table.name === '' ? {} : { sheet: table.name }) };
  const missing = layout.messages.some(({ code }) => code === 'ORDERS_COLUMN_MISSING');
  const cut = table.stopped === undefined ? [] : [cutShort(table.stopped)];
  if (missing) return { orders: [], rows: rows.length, messages: [...layout.messages, ...cut], ...told };
  if (rows.length === 0)
    return { orders: [], rows: 0, messages: [...layout.messages, ...cut, empty(headerRow)], ...told };
  const overlong = new Set(layout.overlong);
  const judged = judgeAll(rows, (row) => {
    const reader = new RowReader(row, identifier);
    if (overlong.has(row.row)) reader.say('', FAULTS.extraCells());
    return { reader, order: readOrder(reader) };
  });
  return { ...judged, messages: [...layout.messages, ...judged.messages, ...cut], ...told };
}

/**
 * Orders of a JSON document: a list, or an object whose `orders` is one.
 *
 * @param value what `JSON.parse` gave
 */
export function readOrderJson(value: unknown, identifier: IdentifierReader): OrdersReading {
  const list = listOf(value);
  if (list === undefined) return { orders: [], rows: 0, messages: [notAList()] };
  if (list.items.length === 0) return { orders: [], rows: 0, messages: [empty(0)] };
  const rows = list.items.slice(0, MAX_ORDERS + 1).map((item, index) => jsonRow(item, index, list.base));
  return judgeAll(rows, (row: JsonRow) => {
    const reader = new RowReader(row, identifier);
    for (const { column, value: given, ...fault } of row.faults)
      reader.sayAt({ column, text: given, header: column }, fault);
    // An element that is no object has no value that could be missing.
    if (row.cells.size === 0 && row.faults.length > 0) return { reader, order: undefined };
    const amendments = row.amendments?.map((one) => new RowReader(one, identifier));
    const order = readOrder(reader, { siteNames: row.siteNames, ...(amendments === undefined ? {} : { amendments }) });
    return { reader, order, others: amendments ?? [] };
  });
}

interface Judged {
  readonly reader: RowReader;
  readonly order: Order | undefined;
  /** Readers of parts of the same row. */
  readonly others?: readonly RowReader[];
}

function judgeAll<R extends Row>(rows: readonly R[], judge: (row: R) => Judged): OrdersReading {
  const orders: ReadOrder[] = [];
  const messages: OrderMessage[] = [];
  let counted = 0;
  for (const row of rows.slice(0, MAX_ORDERS)) {
    const number = row.cells.get('number');
    const { text = '', column = '', header = '' } = number ?? {};
    if (text.trim() === EXAMPLE_NUMBER) {
      messages.push({ ...FAULTS.example(), row: row.row, column, header, value: text, order: text });
      continue;
    }
    counted += 1;
    const { reader, order, others = [] } = judge(row);
    const named = text.trim() === '' ? {} : { order: shown(text.trim()) };
    messages.push(...[reader, ...others].flatMap((one) => one.messages).map((message) => ({ ...message, ...named })));
    if (order !== undefined) orders.push({ order, row: row.row, column, header, places: placesOf(row) });
  }
  if (rows.length > MAX_ORDERS) messages.push(tooMany(rows[MAX_ORDERS]?.row ?? 0));
  return { orders, rows: counted, messages };
}

/** What a row leaves out stands where it would be. */
function placesOf({ cells, path }: Row): ReadOrder['places'] {
  const of = (name: PlacedColumn) => {
    const { column, header } = cells.get(name) ?? {
      column: path === undefined ? '' : `${path}/${name.replaceAll('.', '/')}`,
      header: columnNamed(name).title,
    };
    return { column, header };
  };
  return {
    number: of('number'),
    couloir: of('couloir'),
    instance: of('instance'),
    sites: of('sites'),
    'amounts.ht': of('amounts.ht'),
    signedOn: of('signedOn'),
  };
}

function listOf(value: unknown): { readonly items: readonly unknown[]; readonly base: string } | undefined {
  if (Array.isArray(value)) return { items: value as readonly unknown[], base: '' };
  if (typeof value !== 'object' || value === null || !('orders' in value)) return undefined;
  return Array.isArray(value.orders) ? { items: value.orders as readonly unknown[], base: '/orders' } : undefined;
}

const whole = { row: 0, column: '', header: '', value: '', severity: 'error' } as const;
const TEMPLATE = 'Partez du modèle : npm run jalon -- orders template --out bons.xlsx.';

function noHeader(headers: readonly string[]): OrderMessage {
  const seen =
    headers.length === 0 ? 'aucun texte' : `« ${headers.map((header) => header.trim().slice(0, 60)).join(' », « ')} »`;
  return {
    ...whole,
    code: 'ORDERS_NO_HEADER',
    value: shown(headers.join(' | ')),
    message: `Aucune ligne d’en-tête de bons de commande dans ce fichier : Jalon y trouve ${seen}.`,
    remedy: TEMPLATE,
  };
}

function empty(row: number): OrderMessage {
  return {
    ...whole,
    row,
    code: 'ORDERS_EMPTY',
    message: 'Ce fichier ne contient aucun bon de commande.',
    remedy: 'Écrivez un bon par ligne sous l’en-tête.',
  };
}

function notAList(): OrderMessage {
  return {
    ...whole,
    code: 'ORDER_SHAPE',
    message: 'Ce document JSON n’est pas une liste de bons de commande.',
    remedy: 'Écrivez [ {"number": …}, … ], ou partez du modèle : npm run jalon -- orders template --out bons.json.',
  };
}

function cutShort({ row = 0, message, remedy }: NonNullable<SourceTable['stopped']>): OrderMessage {
  return {
    ...whole,
    row,
    code: 'ORDERS_CUT_SHORT',
    message: `${message} Les lignes suivantes ne sont pas lues.`,
    remedy,
  };
}

function tooMany(row: number): OrderMessage {
  return {
    ...whole,
    row,
    code: 'ORDERS_TOO_MANY',
    message: `Ce fichier a plus de ${MAX_ORDERS} bons : la suite n’est pas lue.`,
    remedy: 'Découpez le fichier et importez chaque partie.',
  };
}
