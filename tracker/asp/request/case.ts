import type { Amounts } from '#dsr/money/index.ts';
import type { Amendment, Order, Vendor } from '../../orders/types.ts';
import { advanceOn, advancePaid, balanceAfter, type Requested } from '../amounts.ts';
import type { Claims } from '../claims.ts';
import { productOf, type CarriedPiece, type Case, type Limits } from '../judge/index.ts';
import type { Regulation } from '../ports.ts';
import { mayBeRemade, wasHandedIn } from '../status.ts';
import type { PaymentRequest, RequestKind } from '../types.ts';

export interface CaseInput {
  readonly kind: RequestKind;
  readonly order: Order;
  readonly vendor: Vendor;
  readonly regulation: Regulation;
  readonly claims: Claims;
  readonly pieces: readonly CarriedPiece[];
  readonly limits: Limits;
}

/** Brings together what the rules look at: the product, what was asked before, the amounts that count today. */
export function caseOf({ claims, ...given }: CaseInput): Case {
  const { kind, order, vendor, regulation } = given;
  const product = productOf(order, vendor);
  const all = (one: RequestKind): readonly PaymentRequest[] =>
    product === undefined ? [] : claims.chain(one, order.instance, product.dsrCode);
  const advance = advanceThatCounts(order, all('avance'));
  const former = formerOf(all(kind));
  const amended = former?.amends === undefined ? undefined : claims.withId(former.amends);
  const amendment = kind === 'avance' ? amendmentToAsk(order, former, all(kind)) : undefined;
  const total = totalOf(kind, order, amendment);
  return {
    ...given,
    today: regulation.today,
    total,
    requested: requestedOf(
      kind,
      total,
      advance,
      regulation.advanceShare(order.couloir, order.wave, order.sites.length),
    ),
    ...(product === undefined ? {} : { product }),
    ...(amendment === undefined ? {} : { amendment }),
    ...(advance === undefined ? {} : { advance }),
    ...(former === undefined ? {} : { former }),
    ...(amended === undefined ? {} : { amended }),
  };
}

/**
 * The request that the next one follows, or makes again: the first that the ASP has not in its hands, because it was not
 * handed in or was given back. What amends it waits for it.
 */
function formerOf(chain: readonly PaymentRequest[]): PaymentRequest | undefined {
  return chain.find(mayBeRemade) ?? chain.at(-1);
}

/** The advance that the balance completes: not an amendment that the client and the vendor gave up before it was handed in. */
function advanceThatCounts({ amendments }: Order, chain: readonly PaymentRequest[]): PaymentRequest | undefined {
  const givenUp = amendments.every(({ status }) => status === 'abandonnee');
  return (givenUp ? chain.findLast(wasHandedIn) : undefined) ?? chain.at(-1);
}

/**
 * The amendment that waits to be handed in, once the advance itself is in the hands of the ASP; or the one whose files
 * are made again.
 */
function amendmentToAsk(
  { number, amendments }: Order,
  former: PaymentRequest | undefined,
  chain: readonly PaymentRequest[],
): Amendment | undefined {
  if (former === undefined || former.order !== number) return undefined;
  if (!mayBeRemade(former)) {
    const asked = new Set(chain.map((one) => one.amendment));
    return amendments.findLast((one) => one.status === 'a-deposer' && !asked.has(one.number));
  }
  if (former.amends === undefined) return undefined;
  const open = amendments.filter(({ status }) => status === 'a-deposer' || status === 'deposee');
  // What nobody was given yet may become the request of another amendment.
  const any = former.amendment === undefined || !wasHandedIn(former);
  return open.findLast((one) => one.number === former.amendment) ?? (any ? open.at(-1) : undefined);
}

/** Amounts of the order as they count: an amendment changes them when it is asked for, then when it is decided. */
function totalOf(kind: RequestKind, order: Order, amendment: Amendment | undefined): Amounts {
  if (amendment?.amounts !== undefined) return amendment.amounts;
  return kind === 'solde' || amendment !== undefined ? amountsAsked(order) : order.amounts;
}

/** Amounts of an order as its last decided amendment left them. */
export function amountsAsked({ amounts, amendments }: Order): Amounts {
  return (
    amendments.findLast((one) => one.status === 'decidee-et-payee' && one.amounts !== undefined)?.amounts ?? amounts
  );
}

function requestedOf(kind: RequestKind, total: Amounts, advance: PaymentRequest | undefined, share: number): Requested {
  const usual = advanceOn(total, share);
  if (kind === 'avance') return usual;
  const paid = advance === undefined ? usual : advancePaid(advance.requested, advance.requestedHt, total, share);
  return balanceAfter(total, paid, share);
}
