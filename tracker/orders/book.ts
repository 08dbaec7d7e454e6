import { instanceKey } from '#dsr/instance/index.ts';
import type { OrderMessage, OrderMessageCode } from './message.ts';
import type { PlacedColumn, ReadOrder } from './read.ts';
import type { Order } from './types.ts';

/** Couloirs that one instance may get together: SGL and LOINC money go to the same instance (deck 001). */
const TOGETHER: Readonly<Record<string, string>> = { LOINC: 'SGL' };

/** What an order claims that no other order may: its number, the instance for its DSR, each of its sites for one instance. */
export interface Conflict {
  readonly code: 'ORDER_NUMBER_TAKEN' | 'ORDER_INSTANCE_TAKEN' | 'ORDER_SITE_TAKEN';
  /** Number of the order that stands against it. */
  readonly other: string;
  /** Instance of that order. */
  readonly otherInstance: string;
  /** Site in question, for `ORDER_SITE_TAKEN`. */
  readonly site?: string;
}

/** The claims of the orders seen so far; orders are compared with those before them. */
export class Claims {
  readonly #numbers = new Map<string, Order>();
  readonly #instances = new Map<string, Order>();
  readonly #sites = new Map<string, Order>();

  /** Every conflict of an order with those that hold their claims; none is taken. */
  conflictsOf(order: Order): readonly Conflict[] {
    const { number, sites } = order;
    const conflicts: Conflict[] = [];
    const sameNumber = this.#numbers.get(number);
    if (sameNumber !== undefined) conflicts.push(conflict('ORDER_NUMBER_TAKEN', sameNumber));
    const sameInstance = this.#instances.get(requestKey(order));
    if (sameInstance !== undefined) conflicts.push(conflict('ORDER_INSTANCE_TAKEN', sameInstance));
    for (const { finess } of sites) {
      const other = this.#sites.get(siteKey(order, finess));
      if (other !== undefined && instanceKey(other.instance) !== instanceKey(order.instance)) {
        conflicts.push({ ...conflict('ORDER_SITE_TAKEN', other), site: finess });
      }
    }
    return conflicts;
  }

  /** Takes the claims of an order. */
  take(order: Order): void {
    this.#numbers.set(order.number, order);
    this.#instances.set(requestKey(order), order);
    for (const { finess } of order.sites) {
      const key = siteKey(order, finess);
      if (!this.#sites.has(key)) this.#sites.set(key, order);
    }
  }

  numbered(number: string): Order | undefined {
    return this.#numbers.get(number);
  }
}

function conflict(code: Conflict['code'], { number, instance }: Order): Conflict {
  return { code, other: number, otherInstance: instance };
}

/** One request for an instance and a DSR. */
function requestKey({ couloir, wave, instance }: Order): string {
  return JSON.stringify([couloir, wave, instanceKey(instance)]);
}

/** A site counts in one instance of a kind of software, wave by wave. */
function siteKey({ couloir, wave }: Order, finess: string): string {
  return JSON.stringify([TOGETHER[couloir] ?? couloir, wave, finess]);
}

export interface Settled {
  /** Orders that may enter the book together. */
  readonly orders: readonly Order[];
  readonly messages: readonly OrderMessage[];
}

/**
 * Puts orders together: the first one holds its number, its instance and its sites, and a later one that claims them is
 * left out with all its reasons. An order of the book with the same number is replaced by the one read.
 *
 * @param read in the order of the file
 * @param book orders already kept
 */
export function settleBook(read: readonly ReadOrder[], book: readonly Order[] = []): Settled {
  const numbers = new Set(read.map(({ order }) => order.number));
  const claims = new Claims();
  for (const order of book) if (!numbers.has(order.number)) claims.take(order);
  const rows = new Map<string, number>();
  const orders: Order[] = [];
  const messages: OrderMessage[] = [];
  for (const one of read) {
    const { order, row } = one;
    const first = claims.numbered(order.number);
    if (first !== undefined && JSON.stringify(first) === JSON.stringify(order)) {
      messages.push(repeated(one, rows.get(order.number)));
      continue;
    }
    const conflicts = claims.conflictsOf(order);
    messages.push(...conflicts.map((each) => conflictMessage(one, each, rows.get(each.other))));
    if (conflicts.length > 0) continue;
    claims.take(order);
    rows.set(order.number, row);
    orders.push(order);
  }
  return { orders, messages };
}

/** Where a value of an order was read. */
export function placed({ order, row, places }: ReadOrder, name: PlacedColumn, value: string) {
  return { row, ...places[name], value, order: order.number };
}

function repeated(one: ReadOrder, row: number | undefined): OrderMessage {
  return {
    ...placed(one, 'number', one.order.number),
    code: 'ORDER_REPEATED',
    severity: 'warning',
    message: `Ce bon répète exactement celui de la ligne ${row ?? 0} : il est compté une fois.`,
    remedy: 'Supprimez la répétition.',
  };
}

function conflictMessage(
  one: ReadOrder,
  { code, other, otherInstance, site }: Conflict,
  row: number | undefined,
): OrderMessage {
  const where = row === undefined ? 'déjà au carnet' : `ligne ${row}`;
  const { number, instance } = one.order;
  const say = (column: PlacedColumn, value: string, message: string, remedy: string): OrderMessage => ({
    ...placed(one, column, value),
    code: code satisfies OrderMessageCode,
    severity: 'error',
    message,
    remedy,
  });
  switch (code) {
    case 'ORDER_NUMBER_TAKEN':
      return say(
        'number',
        number,
        `Le numéro « ${other} » est déjà celui d’un autre bon (${where}).`,
        'Donnez à chaque bon son numéro ; si c’est le même bon, gardez une seule ligne.',
      );
    case 'ORDER_INSTANCE_TAKEN':
      return say(
        'instance',
        instance,
        `L’instance « ${otherInstance} » est déjà celle du bon ${other} (${where}) pour ce couloir et cette vague : une instance a une seule demande par DSR.`,
        'Si ce sont deux installations, donnez-leur deux noms d’instance ; sinon gardez un seul bon, ou un avenant.',
      );
    case 'ORDER_SITE_TAKEN':
      return say(
        'sites',
        site ?? '',
        `Le site ${site ?? ''} est déjà dans l’instance « ${otherInstance} » par le bon ${other} (${where}) : un site compte dans une seule instance.`,
        'Retirez-le de l’un des deux bons.',
      );
  }
}
