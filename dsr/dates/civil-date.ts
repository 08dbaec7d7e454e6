import type { CivilDate } from './types.ts';

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const FRENCH = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * Reads `YYYY-MM-DD`; a day that the calendar does not have (30 February) is none.
 *
 * @returns absent when the text is no such date
 */
export function parseCivilDate(text: string): CivilDate | undefined {
  if (!ISO.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as CivilDate;
  } catch {
    return undefined;
  }
}

/** Reads a date as people of this field type it: `YYYY-MM-DD` or `JJ/MM/AAAA`. */
export function readCivilDate(text: string): CivilDate | undefined {
  const trimmed = text.trim();
  const [, day, month, year] = FRENCH.exec(trimmed) ?? [];
  if (day === undefined || month === undefined || year === undefined) return parseCivilDate(trimmed);
  return parseCivilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/**
 * The day that comes so many days later, or earlier when negative.
 *
 * @throws {RangeError} outside the years 0001 to 9999, which no date of the field comes near
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  const sum = Temporal.PlainDate.from(date).add({ days });
  if (sum.year < 1 || sum.year > 9999) throw new RangeError(`${date} + ${days} jours sort du calendrier`);
  return sum.toString() as CivilDate;
}

/** Days from one date to another, negative when the other is earlier. Clock changes do not count: days have no hours. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/** Whether a date is strictly before another. */
export function isBefore(one: CivilDate, other: CivilDate): boolean {
  return one < other;
}
