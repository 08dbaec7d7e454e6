import { isBefore, parisDay, type CivilDate } from '#dsr/dates/index.ts';
import { exactEuros, minus, withVat, type Amounts, type Cents } from '#dsr/money/index.ts';
import type { Order, Vendor } from '../orders/types.ts';
import { Claims } from './claims.ts';
import { judgeAdvance } from './judge/balance.ts';
import { judgeProduct, productOf } from './judge/product.ts';
import { noteAdvance, noteBalance, type Note } from './notes.ts';
import type { Regulation } from './ports.ts';
import { dayInFrench, inOrder, KIND_WORDS, reasonOf, STATUS_WORDS } from './reasons/index.ts';
import type { Reason, ReasonCode, Refused } from './reasons/index.ts';
import { requestId } from './request/names.ts';
import { amountsAsked } from './request/case.ts';
import { nextStatuses, requestStatus } from './status.ts';
import type { Deposit, PaymentRequest, RequestKind, StatusChange } from './types.ts';

/** Where a request handed in without Jalon may be: what comes later is noted as for any other. */
export const ENTERED_STATUSES = ['deposee', 'validee', 'decidee-et-payee'] as const;
export type EnteredStatus = (typeof ENTERED_STATUSES)[number];

/** A request as the vendor knows it, from the portal or from the decision of the ASP. */
export interface EnteredInput {
  readonly kind: RequestKind;
  /** Number of the order, as typed. */
  readonly number: string;
  /** The order of that number; absent when there is none. */
  readonly order?: Order;
  readonly vendor: Vendor;
  readonly requests: Iterable<PaymentRequest>;
  readonly regulation: Pick<Regulation, 'now' | 'today' | 'advanceShare' | 'countsSites'>;
  readonly ttc: Cents;
  readonly ht?: Cents;
  readonly status: EnteredStatus;
  /** When it came to that status. */
  readonly at: Date;
  readonly depositedAt?: Date;
  /** Number given by the ASP. */
  readonly reference?: string;
  readonly note?: string;
  /** Whether it takes the place of the same request as it was entered before: another amount, another number. */
  readonly correcting?: boolean;
  readonly by: string;
}

export type Entered =
  | { readonly ok: true; readonly request: PaymentRequest; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly refused: Refused };

/** Name of the layout of a request that Jalon did not make. */
const ELSEWHERE = 'hors-jalon';

/**
 * Takes in a request that was handed in without Jalon, so that what follows from it can be made: the balance of an
 * advance. It is refused with every reason that contradicts what is known.
 */
export function enterRequest(input: EnteredInput): Entered {
  const { order, vendor, number } = input;
  const claims = new Claims(input.requests);
  const product = order === undefined ? undefined : productOf(order, vendor);
  const reasons = [...judgeAmount(input), ...judgeMoments(input), ...judgeOrder(input, claims)];
  if (order === undefined || product === undefined || reasons.length > 0) {
    return { ok: false, refused: { order: number, reasons: inOrder(reasons) } };
  }
  const { kind, ttc, ht, reference, regulation } = input;
  const { couloir, wave, instance, sites } = order;
  const total = amountsAsked(order);
  const former = claims.find(kind, instance, product.dsrCode);
  const history =
    former?.entered === true
      ? [...former.json.history, changeOf(input, input.status, input.at)]
      : [...(former?.json.history ?? []), ...historyOf(input)];
  const deposit: Deposit = { file: '', sha256: '', history };
  const request: PaymentRequest = {
    id: requestId(kind, product.dsrCode, instance, 1),
    kind,
    order: order.number,
    requested: ttc,
    layout: { name: ELSEWHERE, version: '', proposed: false },
    json: deposit,
    ...(reference === undefined ? {} : { aspReference: reference }),
    rank: 1,
    instance,
    dsrCode: product.dsrCode,
    couloir,
    wave,
    sites: sites.map(({ finess }) => finess),
    ...(ht === undefined ? {} : { requestedHt: ht }),
    total,
    entered: true,
  };
  const share = regulation.advanceShare(couloir, wave, sites.length);
  const balance = claims.find('solde', instance, product.dsrCode);
  const notes = kind === 'avance' ? [...noteAdvance(ttc, total, share), ...noteBalance(ttc, total, balance)] : [];
  return { ok: true, request, notes };
}

type Say = (code: ReasonCode, where: string, facts?: Readonly<Record<string, string>>) => Reason;

const sayOf =
  ({ number }: EnteredInput): Say =>
  (code, where, facts = {}) =>
    reasonOf(code, number, where, facts);

/** A real amount, within the order, of which both parts go together. */
function judgeAmount(input: EnteredInput): readonly Reason[] {
  const { ttc, ht, order } = input;
  const say = sayOf(input);
  const reasons: Reason[] = [];
  if (ttc <= 0) reasons.push(say('ASP_ENTERED_AMOUNT_ZERO', 'amount', { amount: exactEuros(ttc) }));
  if (order === undefined) return reasons;
  const most = mostOf(input, amountsAsked(order));
  if (ttc > most) {
    const facts = { amount: exactEuros(ttc), most: exactEuros(most), over: exactEuros(minus(ttc, most)) };
    reasons.push(say('ASP_ENTERED_AMOUNT_TOTAL', 'amount', facts));
  }
  if (ht !== undefined) {
    const { vatRate } = amountsAsked(order);
    const expected = withVat(ht, vatRate).ttc;
    // Each part of an order is rounded on its own: a cent apart is right.
    if (Math.abs(expected - ttc) > 1) {
      const facts = { ht: exactEuros(ht), expected: exactEuros(expected), amount: exactEuros(ttc) };
      reasons.push(say('ASP_ENTERED_AMOUNT_HT', 'ht', facts));
    }
  }
  return reasons;
}

/** All that may be asked for: the order, or what its advance left of it. */
function mostOf({ kind, order, requests }: EnteredInput, total: Amounts): Cents {
  if (kind === 'avance') return total.ttc;
  const advance = [...requests].findLast((one) => one.kind === 'avance' && one.order === order?.number);
  return advance === undefined ? total.ttc : minus(total.ttc, advance.requested);
}

/** What happened has a day that is past, after the signature, and the deposit comes first. */
function judgeMoments(input: EnteredInput): readonly Reason[] {
  const { at, depositedAt, status, order, regulation } = input;
  const say = sayOf(input);
  const reasons: Reason[] = [];
  const days: readonly (readonly [string, CivilDate])[] = [
    ...(depositedAt === undefined ? [] : [['deposited', parisDay(depositedAt)] as const]),
    ['at', parisDay(at)],
  ];
  for (const [where, day] of days) {
    const facts = { day: dayInFrench(day) };
    if (isBefore(regulation.today, day)) {
      reasons.push(say('ASP_ENTERED_FUTURE', where, { ...facts, today: dayInFrench(regulation.today) }));
    }
    if (order?.signedOn !== undefined && isBefore(day, order.signedOn)) {
      reasons.push(say('ASP_ENTERED_EARLY', where, { ...facts, signedOn: dayInFrench(order.signedOn) }));
    }
  }
  if (depositedAt === undefined) {
    if (status === 'validee') reasons.push(say('ASP_ENTERED_DEPOSIT', 'deposited', { status: STATUS_WORDS[status] }));
    return reasons;
  }
  const [deposited, day] = [parisDay(depositedAt), parisDay(at)];
  if (status === 'deposee' ? day !== deposited : isBefore(day, deposited)) {
    const facts = { deposited: dayInFrench(deposited), day: dayInFrench(day) };
    reasons.push(say('ASP_ENTERED_ORDER_OF_DAYS', 'deposited', { ...facts, status: STATUS_WORDS[status] }));
  }
  return reasons;
}

/** The order is known, signed, for a product of the vendor, and nothing else was asked for in its place. */
function judgeOrder(input: EnteredInput, claims: Claims): readonly Reason[] {
  const { order, vendor, kind, regulation } = input;
  const say = sayOf(input);
  if (order === undefined) return [say('ASP_ENTERED_ORDER_UNKNOWN', 'number', { number: input.number })];
  const reasons = [...claims.judgeSites(order, regulation)];
  if (order.signedOn === undefined) reasons.push(say('ASP_ORDER_UNSIGNED', 'signedOn'));
  const product = productOf(order, vendor);
  if (product === undefined) return [...reasons, ...judgeProduct({ order, vendor, today: regulation.today })];
  const former = claims.find(kind, order.instance, product.dsrCode);
  if (former !== undefined && !isCorrected(input, former)) {
    const status = requestStatus(former);
    reasons.push(
      say('ASP_ENTERED_KNOWN', 'number', {
        kind: KIND_WORDS[kind],
        instance: order.instance,
        dsr: product.dsrCode,
        request: former.id,
        otherOrder: former.order,
        status: STATUS_WORDS[status],
        next: nextStatuses(status).join(', '),
      }),
    );
  }
  if (kind === 'solde') {
    const advance = claims.find('avance', order.instance, product.dsrCode);
    reasons.push(...judgeAdvance({ order, product, ...(advance === undefined ? {} : { advance }) }));
  }
  return reasons;
}

/** What was entered wrong is entered again where it stands, and a draft gives way; what else Jalon made is not ours to rewrite. */
function isCorrected({ correcting, number, status }: EnteredInput, former: PaymentRequest): boolean {
  if (former.order !== number) return false;
  // A draft is no request that the ASP knows, whatever was noted of it: what was handed in is another file.
  if (former.layout.proposed) return true;
  return correcting === true && former.entered === true && requestStatus(former) === status;
}

function historyOf(input: EnteredInput): readonly StatusChange[] {
  const { status, at, depositedAt } = input;
  return [
    ...(depositedAt === undefined || status === 'deposee' ? [] : [changeOf(input, 'deposee', depositedAt)]),
    changeOf(input, status, at),
  ];
}

/** The day of the entry stands in the note: that of the change is the day when it happened. */
function changeOf({ by, note, regulation }: EnteredInput, status: EnteredStatus, at: Date): StatusChange {
  const told = `saisie dans Jalon le ${dayInFrench(regulation.today)}, déposée sans lui`;
  return { status, at: at.toISOString(), by, note: note === undefined ? told : `${told} : ${note}` };
}
