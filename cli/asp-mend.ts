import { eurosText, readEuros, withVat } from '#dsr/money/index.ts';
import { readOrderJson, type IdentifierReader, type Order, type OrderMessage } from '#tracker/orders/index.ts';

/** An order whose faults were bridged, so that its other reasons can be judged; it must never be asked for. */
export interface Mended {
  readonly order: Order;
  /** Places of the order that do not say what the user wrote: what is found there is not his. */
  readonly places: ReadonlySet<string>;
}

type Json = Record<string, unknown>;

/** One mend may bring another fault to light: a TTC is compared once both amounts can be read. */
const ROUNDS = 8;

/** What stands in for a value that is always due and judges nothing by itself. */
const NEUTRAL: Readonly<Record<string, string>> = {
  'client.name': '?',
  'client.siret': '?',
  'amounts.ht': '1',
  'amounts.ttc': '1',
  'amounts.vatRate': '20',
  conditionalMention: 'oui',
  stateMention: 'oui',
  'files.orderSigned': 'oui',
  'files.acceptanceSigned': 'oui',
};

/** Parts that are left out whole when they miss something. */
const PARTS = ['acceptance', 'invoice', 'amendments', 'amendment', 'firmServiceDate'] as const;

/** Where an order holds what a list calls otherwise. */
const HELD: readonly (readonly [RegExp, string])[] = [
  [/^invoice\.(?:ht|ttc)$/u, 'invoice.amounts'],
  [/^files\..*$/u, 'attachments'],
  [/^amendments?(?:\.|$).*$/u, 'amendments'],
];

/**
 * Bridges what cannot be read of an order: a wrong TTC by the one that follows, a negative amount by its size, what is
 * optional and wrong by nothing.
 *
 * @param element the order as JSON, which stays as it is
 * @param number stands in for a number that is missing
 * @returns absent when the order says nothing without what is wrong in it: its couloir, its product, its sites
 */
export function mendOrder(element: unknown, number: string, identifier: IdentifierReader): Mended | undefined {
  if (!isObject(element)) return undefined;
  const copy = structuredClone(element);
  const places = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { orders, messages } = readOrderJson([copy], identifier);
    const [read] = orders;
    if (read !== undefined) return { order: read.order, places };
    for (const message of messages) {
      if (message.severity !== 'error') continue;
      const place = mend(copy, message, number);
      if (place === undefined) return undefined;
      places.add(HELD.find(([listed]) => listed.test(place))?.[1] ?? place);
    }
  }
  return undefined;
}

/** Whether something found in a mended order, at a place, is about what the user wrote. */
export function isOwn(where: string, places: ReadonlySet<string>): boolean {
  return ![...places].some(
    (place) => where === place || where.startsWith(`${place}.`) || where.startsWith(`${place}[`),
  );
}

/** @returns place that was mended, as the levels of the order name it */
function mend(order: Json, { code, column }: OrderMessage, number: string): string | undefined {
  const path = column
    .split('/')
    .slice(2)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = path.join('.');
  const parent = path.slice(0, -1).reduce<unknown>((held, key) => own(held, key), order);
  const last = path.at(-1) ?? '';
  // Of a list nothing is taken away by itself: its other items would be others.
  if (path[0] === 'amendments' && code !== 'ORDER_NEGATIVE' && code !== 'ORDER_TTC') return removePart(order, path[0]);
  switch (code) {
    case 'ORDER_NEGATIVE':
      return put(parent, last, textOf(own(parent, last)).replace('-', '')) ? place : undefined;
    case 'ORDER_TTC': {
      const ttc = ttcOf(own(parent, 'ht'), own(own(order, 'amounts'), 'vatRate'));
      return ttc !== undefined && put(parent, last, ttc) ? place : undefined;
    }
    case 'ORDER_VALUE_MISSING':
      return putMissing(order, path, number);
    default:
      // What is left out and was due is missing in the next round.
      return remove(parent, last) ? place : undefined;
  }
}

function putMissing(order: Json, path: readonly string[], number: string): string | undefined {
  const [first = '', second = ''] = path;
  const place = path.join('.');
  const part = PARTS.find((name) => name === first);
  if (part !== undefined) return removePart(order, part);
  const value = place === 'number' ? number : Object.hasOwn(NEUTRAL, place) ? NEUTRAL[place] : undefined;
  if (value === undefined) return undefined;
  if (path.length === 1) return put(order, first, value) ? place : undefined;
  if (!Object.hasOwn(order, first)) order[first] = {};
  return put(order[first], second, value) ? place : undefined;
}

/** Two faults of a part remove it once. */
function removePart(order: Json, part: string): string {
  remove(order, part);
  return part;
}

/** The all-in amount that follows from a pre-tax one at a rate typed in percent. */
function ttcOf(ht: unknown, rate: unknown): string | undefined {
  const amount = readEuros(textOf(ht));
  const percent = Number(textOf(rate).replaceAll(/[\s%]/gu, '').replace(',', '.'));
  return amount === undefined || !Number.isFinite(percent)
    ? undefined
    : eurosText(withVat(amount, Math.round(percent * 100)).ttc);
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

const own = (held: unknown, key: string): unknown =>
  isObject(held) && Object.hasOwn(held, key) ? held[key] : undefined;

function put(held: unknown, key: string, value: string): boolean {
  if (!isObject(held)) return false;
  // Not by assignment: a key of the user's file may be `__proto__`.
  Object.defineProperty(held, key, { value, enumerable: true, configurable: true, writable: true });
  return true;
}

function remove(held: unknown, key: string): boolean {
  return isObject(held) && !Array.isArray(held) && Object.hasOwn(held, key) && delete held[key];
}
