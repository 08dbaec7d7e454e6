import { readFile } from 'node:fs/promises';
import { readTables } from '#formats/table/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import {
  readOrderJson,
  readOrderTables,
  type Order,
  type OrderMessage,
  type OrdersReading,
} from '#tracker/orders/index.ts';
import { keepWrong } from './asp-inputs.ts';
import { isOwn, mendOrder } from './asp-mend.ts';
import { placeIn, type OrderSource } from './asp-places.ts';
import type { RefusedRow } from './asp-text.ts';
import { CliError } from './errors.ts';
import { loadOrders } from './load-orders.ts';

/** The orders of a command of requests, in their order. */
export interface OrdersToRequest {
  readonly orders: readonly Order[];
  /** Those among them that could not be read whole: they are judged, never asked for. */
  readonly faulty: ReadonlySet<Order>;
  /** Rows of which too little can be read to judge anything else. */
  readonly refused: readonly RefusedRow[];
  /** A refusal of the rules, its places those of the list, with the faults of reading when the order is one of `faulty`. */
  completed(order: Order, refused: RefusedRow): RefusedRow;
}

/**
 * The orders of a list, or of the book when no list is named.
 *
 * @throws {CliError} as `loadOrders`, and `ASP_NO_ORDERS` for an empty book
 */
export async function ordersToRequest(
  file: string | undefined,
  book: () => Promise<readonly Order[]>,
): Promise<OrdersToRequest> {
  if (file !== undefined) return ordersOfFile(file);
  const orders = await book();
  if (orders.length > 0) {
    const completed: OrdersToRequest['completed'] = (order, given) => placed(order, given, { kind: 'book' });
    return { orders, faulty: new Set(), refused: [], completed };
  }
  throw new CliError(
    'ASP_NO_ORDERS',
    EXIT.usage,
    'Le carnet du suivi est vide.',
    'Donnez une liste par --orders, ou importez-la : npm run jalon -- orders import FICHIER.',
  );
}

async function ordersOfFile(file: string): Promise<OrdersToRequest> {
  const { reading, elementOf } = await readSource(file);
  const sourceOf = sourcesOf(reading);
  const rows = new Map<Order, number>();
  const found = reading.orders.map(({ order, row }) => ({ order, row }));
  const healthy = new Set(reading.orders.map(({ row }) => row));
  const faults = reading.messages.filter(({ severity, row }) => severity === 'error' && !healthy.has(row));
  const told = new Map<Order, { readonly own: RefusedRow; readonly places: ReadonlySet<string> }>();
  const refused: RefusedRow[] = [];
  for (const [row, messages] of Map.groupBy(faults, (message) => message.row)) {
    const own = refusedRow(row, messages);
    const mended = row === 0 ? undefined : mendOrder(elementOf(row), own.order, keepWrong);
    if (mended === undefined) {
      refused.push(own);
      continue;
    }
    told.set(mended.order, { own, places: mended.places });
    found.push({ order: mended.order, row });
  }
  for (const { order, row } of found) rows.set(order, row);
  return {
    orders: found.toSorted((one, other) => one.row - other.row).map(({ order }) => order),
    faulty: new Set(told.keys()),
    refused,
    completed(order, given) {
      const source = sourceOf(rows.get(order) ?? 0);
      const faulty = told.get(order);
      if (faulty === undefined) return placed(order, given, source);
      const { own, places } = faulty;
      const reasons = given.reasons.filter(({ where }) => isOwn(where, places));
      return { order: own.order, reasons: [...own.reasons, ...placed(order, { ...given, reasons }, source).reasons] };
    },
  };
}

/** The reasons at the places where the user sees them. */
function placed(order: Order, refused: RefusedRow, source: OrderSource): RefusedRow {
  const reasons = refused.reasons.map((reason) => ({ ...reason, where: placeIn(order, reason.where, source) }));
  return { ...refused, reasons };
}

/** Where each row of a list is. */
export function sourcesOf({ columns, orders, messages }: OrdersReading): (row: number) => OrderSource {
  if (columns !== undefined) return (row) => ({ kind: 'table', row, columns });
  // A JSON list may be the document, or its `orders`.
  const base = [...orders, ...messages].some(({ column }) => column.startsWith('/orders/')) ? '/orders' : '';
  return (row) => ({ kind: 'json', path: `${base}/${row - 1}` });
}

interface Source {
  readonly reading: OrdersReading;
  /** What a row holds, as the JSON of an order. */
  readonly elementOf: (row: number) => unknown;
}

/** A list as `loadOrders` reads it, wrong identifiers kept. */
async function readSource(file: string): Promise<Source> {
  const strict = await loadOrders(file);
  if (!strict.messages.some(({ severity }) => severity === 'error')) {
    return { reading: strict, elementOf: () => undefined };
  }
  const bytes = await readFile(file);
  const text = new TextDecoder().decode(bytes).trimStart();
  if (text.startsWith('{') || text.startsWith('[')) {
    const value = JSON.parse(text) as { readonly orders?: readonly unknown[] } | readonly unknown[];
    const list = Array.isArray(value)
      ? (value as readonly unknown[])
      : (value as { orders?: readonly unknown[] }).orders;
    return { reading: readOrderJson(value, keepWrong), elementOf: (row) => list?.[row - 1] };
  }
  const tables = await readTables(bytes);
  if (!tables.ok) return { reading: strict, elementOf: () => undefined };
  const reading = readOrderTables(tables.tables, keepWrong);
  const table = tables.tables.find(({ name }) => name === (reading.sheet ?? ''));
  const rows = new Map(table?.rows.map(({ row, cells }) => [row, cells]));
  return { reading, elementOf: (row) => elementOfCells(rows.get(row) ?? [], reading.columns ?? []) };
}

/** Cells by the names of their columns, level by level: `client.siret` is the `siret` of `client`. */
function elementOfCells(cells: readonly string[], columns: NonNullable<OrdersReading['columns']>): unknown {
  const element: Record<string, string | Record<string, string>> = {};
  for (const [at, { name }] of columns.entries()) {
    const text = cells[at]?.trim() ?? '';
    if (name === undefined || text === '') continue;
    const [level = '', ...rest] = name.split('.');
    if (rest.length === 0) {
      element[level] = text;
      continue;
    }
    const held = element[level];
    if (typeof held === 'object') held[rest.join('.')] = text;
    else element[level] = { [rest.join('.')]: text };
  }
  return element;
}

/** A row that could not be read as an order: each fault is a reason, at its place in the file. */
function refusedRow(row: number, faults: readonly OrderMessage[]): RefusedRow {
  const order = faults.find((fault) => fault.order !== undefined)?.order ?? (row === 0 ? 'liste' : `ligne ${row}`);
  return {
    order,
    reasons: faults.map(({ code, column, header, message, remedy }) => ({
      code,
      order,
      where: [row === 0 ? '' : `ligne ${row}`, column, header].filter((part) => part !== '').join(', '),
      what: message,
      remedy,
      source: 'lecture de la liste',
    })),
  };
}
