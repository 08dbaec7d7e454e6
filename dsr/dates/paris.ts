import { addDays } from './civil-date.ts';
import type { CivilDate, Deadline } from './types.ts';

const ZONE = 'Europe/Paris';

/** The day that it is in Paris at a moment. */
export function parisDay(at: Date): CivilDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(ZONE)
    .toPlainDate()
    .toString() as CivilDate;
}

/**
 * The moment from which a deadline is missed: its hour itself where it gives one (a request at 14:00 sharp is late where
 * the rule says 14:00), else the midnight that ends its day, in Paris.
 */
export function missedFrom({ date, time }: Deadline): Date {
  const day = time === undefined ? addDays(date, 1) : date;
  const moment = Temporal.PlainDateTime.from(`${day}T${time ?? '00:00'}`).toZonedDateTime(ZONE);
  return new Date(moment.epochMilliseconds);
}

/** Whether a deadline is missed at a moment. */
export function isMissed(deadline: Deadline, at: Date): boolean {
  return at.getTime() >= missedFrom(deadline).getTime();
}
