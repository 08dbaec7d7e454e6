import { instanceKey } from '#dsr/instance/index.ts';
import type { Order } from '../orders/types.ts';
import type { Regulation } from './ports.ts';
import { KIND_WORDS, reasonOf, STATUS_WORDS, type Reason } from './reasons/index.ts';
import { mayBeRemade, requestStatus } from './status.ts';
import type { PaymentRequest, RequestKind } from './types.ts';

interface Claim {
  readonly instance: string;
  readonly order: string;
}

/** Couloirs whose money goes to one instance together (deck 001). */
const TOGETHER: Readonly<Record<string, string>> = { LOINC: 'SGL' };

/** A site counts in one instance of a kind of software, wave by wave: its laboratory and its radiology are two. */
function siteKey(couloir: string, wave: string, site: string): string {
  return JSON.stringify([TOGETHER[couloir] ?? couloir, wave, site]);
}

function keyOf(kind: RequestKind, instance: string, dsrCode: string): string {
  return JSON.stringify([kind, instanceKey(instance), dsrCode]);
}

const rankOf = ({ rank = 1 }: PaymentRequest): number => rank;

/**
 * Who holds what among the requests made until now: a site counts in one instance, an instance has one advance and one
 * balance by DSR (deck 001). Fed with the requests remembered, then with each one made: first come, first held.
 */
export class Claims {
  readonly #sites = new Map<string, Claim>();
  /** The first request of an instance and a DSR, then one by amendment. */
  readonly #chains = new Map<string, readonly PaymentRequest[]>();
  readonly #byId = new Map<string, PaymentRequest>();
  readonly #numbers = new Set<string>();

  constructor(requests: Iterable<PaymentRequest> = []) {
    for (const request of requests) this.add(request);
  }

  /** Remembers a request, in the place of the one of its rank. */
  add(request: PaymentRequest): void {
    const { instance, dsrCode, couloir = '', wave = '', sites = [], order, kind } = request;
    this.#byId.set(request.id, request);
    if (instance === undefined || dsrCode === undefined) return;
    const key = keyOf(kind, instance, dsrCode);
    const others = (this.#chains.get(key) ?? []).filter((one) => rankOf(one) !== rankOf(request));
    this.#chains.set(
      key,
      [...others, request].toSorted((one, other) => rankOf(one) - rankOf(other)),
    );
    for (const site of sites) {
      const key = siteKey(couloir, wave, site);
      if (!this.#sites.has(key)) this.#sites.set(key, { instance, order });
    }
  }

  /** Requests of a kind for an instance and a DSR: the first one, then its amendments. */
  chain(kind: RequestKind, instance: string, dsrCode: string): readonly PaymentRequest[] {
    return this.#chains.get(keyOf(kind, instance, dsrCode)) ?? [];
  }

  /** Latest request of a kind for an instance and a DSR: an amendment takes the place of what it amends. */
  find(kind: RequestKind, instance: string, dsrCode: string): PaymentRequest | undefined {
    return this.chain(kind, instance, dsrCode).at(-1);
  }

  withId(id: string): PaymentRequest | undefined {
    return this.#byId.get(id);
  }

  /** Whether a number was seen before in this batch; remembers it. */
  seen(number: string): boolean {
    const before = this.#numbers.has(number);
    this.#numbers.add(number);
    return before;
  }

  /** Sites of an order that are held by another instance, and those written twice. */
  judgeSites(order: Order, { countsSites }: Pick<Regulation, 'countsSites'>): readonly Reason[] {
    const { instance, number, couloir, wave } = order;
    const reasons: Reason[] = [];
    if (instance.trim() === '') reasons.push(reasonOf('ASP_INSTANCE_EMPTY', number, 'instance'));
    // A professional on his own has no site of FINESS, unless what he may ask for depends on it.
    if (order.sites.length === 0 && (order.client.rpps === undefined || countsSites(couloir, wave)))
      reasons.push(reasonOf('ASP_NO_SITE', number, 'sites', { instance }));
    const own = new Set<string>();
    for (const [index, { finess: site }] of order.sites.entries()) {
      const where = `sites[${index}].finess`;
      if (own.has(site)) reasons.push(reasonOf('ASP_SITE_REPEATED', number, where, { site }));
      own.add(site);
      const held = this.#sites.get(siteKey(couloir, wave, site));
      if (held === undefined || instanceKey(held.instance) === instanceKey(instance)) continue;
      const facts = { site, other: held.instance, otherOrder: held.order };
      reasons.push(reasonOf('ASP_SITE_USED', number, where, facts));
    }
    return reasons;
  }
}

/**
 * Whether a request may be made beside the one of its kind that it follows, for the same instance and DSR: the same order
 * may have its files made again while they are nobody's to judge, and an advance may be amended. The files of an amendment
 * are made again for that amendment only.
 *
 * @param amending whether the order has an amendment to ask for
 */
export function judgeFormer(order: Order, former: PaymentRequest | undefined, amending: boolean): readonly Reason[] {
  if (former === undefined) return [];
  const own = former.order === order.number;
  const again = mayBeRemade(former);
  if (own && (amending || (again && former.amends === undefined))) return [];
  if (own && again) {
    const { id: request, amendment } = former;
    const named = amendment === undefined ? 'sans numéro' : amendment;
    return [reasonOf('ASP_AMENDMENT_GONE', order.number, 'amendments', { request, amendment: named })];
  }
  const facts = {
    instance: order.instance,
    dsr: former.dsrCode ?? '',
    kind: KIND_WORDS[former.kind],
    request: former.id,
    otherOrder: former.order,
    status: STATUS_WORDS[requestStatus(former)],
    way: own
      ? 'Suivez la demande en cours (npm run jalon -- asp list). Un changement passe par un avenant ; si l’ASP l’a rendue, enregistrez-le : npm run jalon -- asp status.'
      : 'Gardez un seul bon par instance et par DSR, ou corrigez l’instance de l’un des deux.',
  };
  return [reasonOf('ASP_INSTANCE_REQUESTED', order.number, 'instance', facts)];
}
