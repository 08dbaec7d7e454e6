import type { QuoteSubject, WindowAnswer } from '#checks/quote/index.ts';
import { loadCalendar, milestone, type Calendar } from '#dsr/calendar/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { judgeWindow } from '#tracker/window/index.ts';

/** A document with the end of the advance that the calendar gives when it has none, and what the window says of it. */
export function dated(subject: QuoteSubject, calendar: Calendar = loadCalendar()): QuoteSubject {
  const { document } = subject;
  if (document.kind !== 'order') return subject;
  const couloir = document.couloir ?? document.lines?.flatMap(({ dsr = [] }) => dsr)[0];
  const advancePeriodEndsOn =
    document.advancePeriodEndsOn ??
    (couloir === undefined
      ? undefined
      : milestone(couloir, document.wave ?? '1', 'advance-request', { calendar }).milestone?.date);
  const { signedOn, sentOn, deemedCompleteOn, referencedOn } = document;
  const window = windowOf({ signedOn, sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn });
  return {
    ...subject,
    document: { ...document, ...(advancePeriodEndsOn === undefined ? {} : { advancePeriodEndsOn }) },
    ...(window === undefined ? {} : { window }),
  };
}

/** Undefined for a date so mistyped that the days leave the calendar: the rule then says that it was not computed. */
function windowOf(dates: Readonly<Record<string, CivilDate | undefined>>): WindowAnswer | undefined {
  try {
    return judgeWindow(dates);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
