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
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  // A day or a month too large is brought back into the calendar: the date then reads otherwise.
  const date = month > 0 && day > 0 ? Temporal.PlainDate.from({ year, month, day }).toString() : undefined;
  return date === text ? (date as CivilDate) : undefined;
}

/** Reads a date as people of this field type it: `YYYY-MM-DD` or `JJ/MM/AAAA`. */
export function readCivilDate(text: string): CivilDate | undefined {
  return parseCivilDate(
    text
      .trim()
      .replace(
        FRENCH,
        (_, day: string, month: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
      ),
  );
}

/**
 * The day that comes so many days later, or earlier when negative.
 *
 * @throws {RangeError} outside the years 0000 to 9999, which no date of the field comes near
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  const sum = parseCivilDate(Temporal.PlainDate.from(date).add({ days }).toString());
  if (sum === undefined) throw new RangeError(`${date} + ${days} jours sort du calendrier`);
  return sum;
}

/** The same day so many months later; the last of the month where it has no such day. @throws {RangeError} as {@link addDays} */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const sum = parseCivilDate(Temporal.PlainDate.from(date).add({ months }).toString());
  if (sum === undefined) throw new RangeError(`${date} + ${months} mois sort du calendrier`);
  return sum;
}

/** Days from one date to another, negative when the other is earlier. Clock changes do not count: days have no hours. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

/** Whether a date is strictly before another. */
export function isBefore(one: CivilDate, other: CivilDate): boolean {
  return one < other;
}
