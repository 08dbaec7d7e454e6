import { addDays, daysBetween, isBefore, type CivilDate } from '#dsr/dates/index.ts';
import type { ReasonCode, WaitingCode, WindowInput, WindowJudgement, WindowStatus } from './types.ts';
import { warningsOf } from './warnings.ts';

/** Day 120 still counts, day 121 does not (the rule says « more than 120 »). */
export const WINDOW_DAYS = 120;

/**
 * Judges an order against the window of its product.
 *
 * The client's signature counts. It may not come after the period that receives requests of advance; when it comes before
 * the referencing, it may not come more than 120 calendar days before the day at which the ANS deems the complete file
 * handed in. A signature on the day of the referencing is not before it. Dates are civil: no hour, no zone.
 *
 * An order whose file is not deemed complete stays `pending`, even past its last day: the ANS decides on that date, and a
 * status must not change with the clock of the machine. The warnings then say what is lost.
 *
 * Source: esante.gouv.fr FAQ on orders signed before the referencing, decks 001 and 002.
 *
 * An order of 0 € is not paid either: the ASP wants the real amount, even when the client pays nothing (check Q11).
 *
 * @throws {RangeError} when the last day would leave the calendar (year 9999)
 */
export function judgeWindow(input: WindowInput): WindowJudgement {
  const { signedOn, sentOn, deemedCompleteOn, advancePeriodEndsOn, today } = input;
  const underRule = signedOn !== undefined && isUnderRule(signedOn, input.referencedOn);
  const lastDay = underRule ? addDays(signedOn, WINDOW_DAYS) : null;
  const days = daysOrNull(signedOn, deemedCompleteOn);

  const reasons: ReasonCode[] = [];
  if (signedOn !== undefined && advancePeriodEndsOn !== undefined && isBefore(advancePeriodEndsOn, signedOn)) {
    reasons.push('signed-after-advance-period');
  }
  if (underRule && days !== null && days > WINDOW_DAYS) reasons.push('signed-more-than-120-days-before-complete-file');
  if (input.ht === 0) reasons.push('amount-zero');

  const waiting = reasons.length > 0 ? [] : waitingFor(input, underRule);
  const fileAwaited = lastDay !== null && deemedCompleteOn === undefined;
  const status: WindowStatus = reasons.length > 0 ? 'not-eligible' : waiting.length > 0 ? 'pending' : 'eligible';
  return {
    status,
    daysBeforeCompleteFile: days,
    lastDayForCompleteFile: lastDay,
    reasons,
    waiting,
    warnings: warningsOf(input, lastDay, status),
    daysLeft: fileAwaited && today !== undefined ? daysBetween(today, lastDay) : null,
    daysBeforeSentFile: fileAwaited ? daysOrNull(signedOn, sentOn) : null,
  };
}

/** Whether the 120 days bind an order: signed before the referencing, or before there is one. */
export function isUnderRule(signedOn: CivilDate, referencedOn: CivilDate | undefined): boolean {
  return referencedOn === undefined || isBefore(signedOn, referencedOn);
}

function waitingFor({ signedOn, sentOn, deemedCompleteOn, referencedOn }: WindowInput, underRule: boolean) {
  const waiting: WaitingCode[] = [];
  if (signedOn === undefined) waiting.push('not-signed');
  // An order that is still to be signed needs no file once the product is referenced.
  const needsFile = underRule || (signedOn === undefined && referencedOn === undefined);
  if (needsFile && deemedCompleteOn === undefined) {
    // A product is not referenced without a file: only the date is missing then.
    const sent = sentOn !== undefined || referencedOn !== undefined;
    waiting.push(sent ? 'file-not-deemed-complete' : 'file-not-sent');
  }
  return waiting;
}

function daysOrNull(from: CivilDate | undefined, to: CivilDate | undefined): number | null {
  return from === undefined || to === undefined ? null : daysBetween(from, to);
}
