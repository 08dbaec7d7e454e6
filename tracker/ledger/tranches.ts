import { parisDay } from '#dsr/dates/index.ts';
import { cents, minus, sum, type Amounts, type Cents } from '#dsr/money/index.ts';
import { advanceOn, requestStatus } from '../asp/index.ts';
import type { Deposit, DepositStatus, PaymentRequest, RequestKind } from '../asp/types.ts';
import type { Deadline } from '#dsr/dates/index.ts';
import type { Order } from '../orders/types.ts';
import type { LedgerOrder, Slice } from './types.ts';

/** The advance or the balance of an order. */
export interface Tranche {
  readonly kind: RequestKind;
  /** What the State owes for it. */
  readonly amount: Cents;
  /** Last request handed in. */
  readonly asked?: PaymentRequest;
  /** When both files of it were first handed in. */
  readonly askedAt?: Date;
  readonly status?: DepositStatus;
  readonly paid: Cents;
  readonly paidAt?: Date;
}

/** Amounts of an order as its last decided amendment left them. */
export function totalOf({ amounts, amendments }: Order): Amounts {
  return amendments.findLast((one) => one.status === 'decidee-et-payee' && one.amounts)?.amounts ?? amounts;
}

/** Advance and balance: together, the order, to the cent. */
export function tranchesOf(given: LedgerOrder): { readonly advance: Tranche; readonly balance: Tranche } {
  const total = totalOf(given.order);
  const advance = trancheOf('avance', given.requests, advanceOn(total, given.advanceShare).ttc);
  const amount = advance.asked?.requested ?? advance.amount;
  const balance = trancheOf('solde', given.requests, minus(total.ttc, amount));
  return { advance: { ...advance, amount }, balance };
}

function trancheOf(kind: RequestKind, requests: readonly PaymentRequest[], amount: Cents): Tranche {
  const handed = requests.filter((one) => one.kind === kind && isHandedIn(one));
  const asked = handed.at(-1);
  const paid = handed.findLast(isPaid);
  return {
    kind,
    amount,
    ...(asked === undefined ? {} : { asked, status: requestStatus(asked), askedAt: momentOf(asked, 'deposee') }),
    paid: paid?.requested ?? cents(0),
    ...(paid === undefined ? {} : { paidAt: momentOf(paid, 'decidee-et-payee') }),
  };
}

/** Files made, or made again, are not in the hands of the ASP. */
function isHandedIn(request: PaymentRequest): boolean {
  return requestStatus(request) !== 'preparee' || isPaid(request);
}

/** Paid once, even where the money may be asked back. */
function isPaid(request: PaymentRequest): boolean {
  return depositsOf(request).every(({ history }) => history.some(({ status }) => status === 'decidee-et-payee'));
}

/** When both files were first in a status: the request is where its slower file is. */
function momentOf(request: PaymentRequest, status: DepositStatus): Date {
  const moments = depositsOf(request).map(({ history }) => {
    const change = history.find((one) => one.status === status) ?? history.at(-1);
    return new Date(change?.at ?? 0).getTime();
  });
  return new Date(Math.max(...moments));
}

function depositsOf({ json, zip }: PaymentRequest): readonly Deposit[] {
  return zip === undefined ? [json] : [json, zip];
}

/** The money of a tranche, by where it stands; nothing for what is 0. */
export function slicesOf(order: string, tranche: Tranche, deadline: Deadline | undefined): readonly Slice[] {
  const { kind, amount, asked, askedAt, paid, paidAt } = tranche;
  const requested = asked === undefined ? cents(0) : minus(asked.requested, paid);
  const toRequest = minus(amount, sum([requested, paid]));
  const slices: readonly (Slice & { readonly amount: Cents })[] = [
    slice('toRequest', toRequest, deadline?.date),
    slice('requested', requested, askedAt && parisDay(askedAt)),
    slice('paid', paid, paidAt && parisDay(paidAt)),
  ];
  return slices.filter((one) => one.amount !== 0);

  function slice(bucket: Slice['bucket'], money: Cents, day: string | undefined): Slice {
    return { order, kind, bucket, amount: money, ...(day === undefined ? {} : { month: day.slice(0, 7) }) };
  }
}
