import { daysBetween, isMissed, missedFrom, parisDay } from '#dsr/dates/index.ts';
import { sum, type Cents } from '#dsr/money/index.ts';
import { risksOf } from './risks.ts';
import { slicesOf, tranchesOf, type Tranche } from './tranches.ts';
import type { DeadlineGroup, Figures, LedgerOrder, MoneyView, OrderMoney, Slice } from './types.ts';

/** A slice with its client, and whether it is at risk. */
interface Placed extends Slice {
  readonly siret: string;
  readonly client: string;
  readonly atRisk: boolean;
}

/**
 * The money of the orders: what the State owes, what was asked for, what was paid, what is at risk and why, by month and
 * by client, and the deadlines ahead. Every figure adds up the same slices: no cent is counted twice, none is lost.
 *
 * @param now decides what is missed; days are those of Paris
 */
export function moneyView(given: readonly LedgerOrder[], now: Date): MoneyView {
  const judged = given.map((one) => judge(one, now));
  const slices = judged.flatMap(({ slices }) => slices);
  return {
    totals: figures(slices, given.length),
    byMonth: byMonth(slices),
    byClient: byClient(slices),
    orders: judged.map(({ money }) => money),
    deadlines: deadlineGroups(judged, now),
  };
}

interface JudgedOrder {
  readonly given: LedgerOrder;
  readonly advance: Tranche;
  readonly balance: Tranche;
  readonly slices: readonly Placed[];
  readonly money: OrderMoney;
}

function judge(given: LedgerOrder, now: Date): JudgedOrder {
  const { order, deadlines } = given;
  const { advance, balance } = tranchesOf(given);
  const risks = risksOf({ given, advance, balance, now });
  const { siret, name: client } = order.client;
  const slices = [
    ...slicesOf(order.number, advance, deadlines.advance),
    ...slicesOf(order.number, balance, deadlines.balance),
  ].map((slice) => ({ ...slice, siret, client, atRisk: risks.some(({ kinds }) => kinds.includes(slice.kind)) }));
  const money = { number: order.number, client, ...figures(slices, 1), risks, deadlines };
  return { given, advance, balance, slices, money };
}

function figures(slices: readonly Placed[], orders: number): Figures {
  const of = (keep: (slice: Placed) => boolean): Cents => sum(slices.filter(keep).map(({ amount }) => amount));
  return {
    orders,
    expected: of(() => true),
    toRequest: of(({ bucket }) => bucket === 'toRequest'),
    requested: of(({ bucket }) => bucket === 'requested'),
    paid: of(({ bucket }) => bucket === 'paid'),
    atRisk: of(({ atRisk }) => atRisk),
  };
}

const countOrders = (slices: readonly Placed[]): number => new Set(slices.map(({ order }) => order)).size;

function byMonth(slices: readonly Placed[]): MoneyView['byMonth'] {
  const groups = Map.groupBy(slices, ({ month }) => month ?? '');
  return [...groups]
    .toSorted(([left], [right]) => Number(left === '') - Number(right === '') || (left < right ? -1 : 1))
    .map(([month, some]) => ({ ...(month === '' ? {} : { month }), ...figures(some, countOrders(some)) }));
}

function byClient(slices: readonly Placed[]): MoneyView['byClient'] {
  return [...Map.groupBy(slices, ({ siret }) => siret)]
    .map(([siret, some]) => ({ siret, client: some[0]?.client ?? '', ...figures(some, countOrders(some)) }))
    .toSorted((left, right) => right.atRisk - left.atRisk || right.expected - left.expected);
}

const KINDS = ['advance', 'firmDate', 'service', 'balance'] as const;

/** Whether an order still has that to do. */
function isDue(kind: DeadlineGroup['kind'], { given, advance, balance }: JudgedOrder): boolean {
  const { acceptance, firmServiceDate } = given.order;
  switch (kind) {
    case 'advance':
      return advance.asked === undefined;
    case 'firmDate':
      return firmServiceDate?.announcedOn === undefined && acceptance?.serviceDoneOn === undefined;
    case 'service':
      return acceptance?.serviceDoneOn === undefined && balance.asked === undefined;
    case 'balance':
      return balance.asked === undefined;
  }
}

function deadlineGroups(judged: readonly JudgedOrder[], now: Date): readonly DeadlineGroup[] {
  const today = parisDay(now);
  const due = judged.flatMap((one) =>
    KINDS.flatMap((kind) => {
      const deadline = one.given.deadlines[kind];
      return deadline === undefined || !isDue(kind, one) ? [] : [{ kind, deadline, one }];
    }),
  );
  const groups = Map.groupBy(due, ({ kind, deadline }) => `${kind} ${deadline.date} ${deadline.time ?? ''}`);
  return [...groups.values()]
    .flatMap((some) => {
      const [first] = some;
      return first === undefined
        ? []
        : [{ kind: first.kind, deadline: first.deadline, all: some.map(({ one }) => one) }];
    })
    .map(({ kind, deadline, all }) => ({
      kind,
      deadline,
      missed: isMissed(deadline, now),
      daysLeft: daysBetween(today, deadline.date),
      orders: all.map(({ given }) => given.order.number),
      amount: sum(
        all.flatMap((one) =>
          kind === 'advance' ? [one.advance.amount] : kind === 'balance' ? [one.balance.amount] : [one.money.expected],
        ),
      ),
    }))
    .toSorted((left, right) => missedFrom(left.deadline).getTime() - missedFrom(right.deadline).getTime());
}
