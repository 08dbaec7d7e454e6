import { isBefore, type CivilDate } from '#dsr/dates/index.ts';
import type { WarningCode, WindowInput, WindowStatus } from './types.ts';

/**
 * What the status does not say: what is still uncertain, and dates that contradict each other. Contradictions are told,
 * not refused: the dates come from several people, and which one is wrong is theirs to find.
 */
export function warningsOf(
  input: WindowInput,
  lastDay: CivilDate | null,
  status: WindowStatus,
): readonly WarningCode[] {
  const candidates: readonly (readonly [WarningCode, boolean])[] = [
    ...uncertainties(input, lastDay, status),
    ...contradictions(input),
    ...forecasts(input),
  ];
  return candidates.filter(([, holds]) => holds).map(([code]) => code);
}

type Candidates = readonly (readonly [WarningCode, boolean])[];

function uncertainties(input: WindowInput, lastDay: CivilDate | null, status: WindowStatus): Candidates {
  const { signedOn, sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn, today } = input;
  const awaited = lastDay !== null && deemedCompleteOn === undefined;
  const sentLate = awaited && after(sentOn, lastDay);
  return [
    ['only-sent-known', sentOn !== undefined && deemedCompleteOn === undefined && referencedOn === undefined],
    ['sent-after-last-day', sentLate],
    ['last-day-passed', awaited && sentOn === undefined && referencedOn === undefined && after(today, lastDay)],
    ['referenced-without-complete-date', awaited && referencedOn !== undefined],
    ['signed-on-referencing-day', signedOn !== undefined && signedOn === referencedOn],
    ['referencing-to-follow', status === 'eligible' && referencedOn === undefined],
    ['advance-end-unknown', advancePeriodEndsOn === undefined],
    ['advance-period-over', signedOn === undefined && after(today, advancePeriodEndsOn)],
  ];
}

function contradictions(input: WindowInput): Candidates {
  const { sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn } = input;
  return [
    ['complete-before-sent', after(sentOn, deemedCompleteOn)],
    ['complete-after-referencing', after(deemedCompleteOn, referencedOn)],
    ['sent-after-referencing', after(sentOn, referencedOn)],
    ['advance-ends-before-referencing', after(referencedOn, advancePeriodEndsOn)],
  ];
}

/** A date to come is a plan, whatever the option says. */
function forecasts({ signedOn, sentOn, deemedCompleteOn, referencedOn, today }: WindowInput): Candidates {
  return [
    ['signed-in-the-future', after(signedOn, today)],
    ['sent-in-the-future', after(sentOn, today)],
    ['complete-in-the-future', after(deemedCompleteOn, today)],
    ['referenced-in-the-future', after(referencedOn, today)],
  ];
}

/** Strictly after; false as long as one of them is not known. */
function after(one: CivilDate | undefined, other: CivilDate | null | undefined): boolean {
  return one !== undefined && other !== undefined && other !== null && isBefore(other, one);
}
