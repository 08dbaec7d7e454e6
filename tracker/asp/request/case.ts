import type { Amounts } from '#dsr/money/index.ts';
import type { Amendment, Order, Vendor } from '../../orders/types.ts';
import { advanceOn, advancePaid, balanceAfter, type Requested } from '../amounts.ts';
import type { Claims } from '../claims.ts';
import { productOf, type CarriedPiece, type Case, type Limits } from '../judge/index.ts';
import type { Regulation } from '../ports.ts';
import { mayBeRemade } from '../status.ts';
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
  const find = (one: RequestKind): PaymentRequest | undefined =>
    product === undefined ? undefined : claims.find(one, order.instance, product.dsrCode);
  const advance = find('avance');
  const former = find(kind);
  const amended = former?.amends === undefined ? undefined : claims.withId(former.amends);
  const amendment = kind === 'avance' ? amendmentToAsk(order, former) : undefined;
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
 * The amendment that waits to be handed in, once the advance itself is in the hands of the ASP; or the one whose files
 * are made again.
 */
function amendmentToAsk(order: Order, former: PaymentRequest | undefined): Amendment | undefined {
  if (former === undefined || former.order !== order.number) return undefined;
  const again = mayBeRemade(former);
  if (again && former.amends === undefined) return undefined;
  return order.amendments.findLast(({ status }) => status === 'a-deposer' || (again && status === 'deposee'));
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
