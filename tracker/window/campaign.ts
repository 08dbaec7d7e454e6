import { addDays, isBefore, type CivilDate } from '#dsr/dates/index.ts';
import type { Order, ReferencingDates } from '../orders/types.ts';
import type { CampaignWindow, OrderWindow, ReferenceBasis } from './campaign-types.ts';
import { judgeWindow, WINDOW_DAYS } from './judge.ts';
import { amountOf, stepsOf, type BoundOrder } from './slip.ts';
import type { WindowStatus } from './types.ts';

export interface CampaignInput {
  /** Orders of one product. */
  readonly orders: readonly Order[];
  readonly dates: ReferencingDates;
  readonly today: CivilDate;
  /** Day at which the reader supposes the file complete; ignored once the ANS has said which day counts. */
  readonly plannedOn?: CivilDate | undefined;
}

/**
 * The orders of a product in its window: where each stands, and which are lost, in which order, when the complete file
 * slips. An order leaves the day after its last day. Orders signed after the referencing, or after the period of advance,
 * do not depend on the file: no slip changes them.
 *
 * @throws {RangeError} when a date leaves the calendar
 */
export function campaignWindow({ orders, dates, today, plannedOn }: CampaignInput): CampaignWindow {
  const reference = referenceOf(dates, today, plannedOn);
  const judged = orders.map((order) => judgeOrder(order, dates, today));
  const having = (status: WindowStatus): readonly OrderWindow[] =>
    judged.filter((order) => order.judged.status === status);
  const bound = judged.flatMap((order) => boundBy(order));
  const out = bound.filter(({ lastDay }) => isBefore(lastDay, reference.on)).map(({ order }) => order);
  const kept = bound.filter(({ lastDay }) => !isBefore(lastDay, reference.on));
  return {
    orders: judged,
    reference,
    earliestSignatureCovered: addDays(reference.on, -WINDOW_DAYS),
    eligible: amountOf(having('eligible')),
    notEligible: amountOf(having('not-eligible')),
    pending: amountOf(having('pending')),
    atStake: amountOf(kept.map(({ order }) => order)),
    alreadyOut: { ...amountOf(out), orders: out.map(({ number }) => number) },
    // Once the ANS has said the day, nothing slips any more.
    steps: reference.basis === 'deemed-complete' ? [] : stepsOf(kept, reference.on),
  };
}

function judgeOrder(order: Order, dates: ReferencingDates, today: CivilDate): OrderWindow {
  const { signedOn } = order;
  const { ht } = order.amounts;
  const judged = judgeWindow({ ...dates, signedOn, ht, today });
  return {
    number: order.number,
    client: order.client.name,
    ...(signedOn === undefined ? {} : { signedOn }),
    ht,
    judged,
    mentionMissing: judged.lastDayForCompleteFile !== null && !order.conditionalMention,
  };
}

/** The order with its last day, or nothing when the file does not decide on it. */
function boundBy(order: OrderWindow): readonly BoundOrder[] {
  const { lastDayForCompleteFile: lastDay, reasons } = order.judged;
  const lostAnyway = reasons.includes('signed-after-advance-period') || reasons.includes('amount-zero');
  return lastDay === null || lostAnyway ? [] : [{ order, lastDay }];
}

function referenceOf(
  { deemedCompleteOn, sentOn }: ReferencingDates,
  today: CivilDate,
  plannedOn: CivilDate | undefined,
): { readonly on: CivilDate; readonly basis: ReferenceBasis } {
  if (deemedCompleteOn !== undefined) return { on: deemedCompleteOn, basis: 'deemed-complete' };
  if (plannedOn !== undefined) return { on: plannedOn, basis: 'planned' };
  return sentOn === undefined ? { on: today, basis: 'today' } : { on: sentOn, basis: 'sent' };
}
