const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as a number that compares: 20260105. */
export type Day = number;

/** INTERNALDATE, in UTC: `" 5-Jan-2026 10:00:00 +0000"` without the quotes. */
export function formatDateTime(date: Date): string {
  const two = (value: number, fill = '0'): string => String(value).padStart(2, fill);
  const day = `${two(date.getUTCDate(), ' ')}-${MONTHS[date.getUTCMonth()] ?? ''}-${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}

/** Reads the date of an APPEND; undefined when it is none. */
export function parseDateTime(text: string): Date | undefined {
  const read = /^([ \d]\d)-([a-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/iu.exec(text);
  if (read === null) return undefined;
  const [, day = '', month = '', year = '', hours = '', minutes = '', seconds = '', sign = '', zoneHours, zoneMinutes] =
    read;
  const when = dayOf(day, month, year);
  if (when === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return new Date(
    Date.UTC(Number(year), monthIndex(month), Number(day), Number(hours), Number(minutes), Number(seconds)) -
      offset * 60_000,
  );
}

/** Reads the date of a SEARCH, `5-Jan-2026`; undefined when it is none. */
export function parseDay(text: string): Day | undefined {
  const read = /^(\d{1,2})-([a-z]{3})-(\d{4})$/iu.exec(text);
  return read === null ? undefined : dayOf(read[1] ?? '', read[2] ?? '', read[3] ?? '');
}

/** Day of INTERNALDATE, in the zone in which it is shown. */
export function dayOfDate(date: Date): Day {
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Day of a Date field as it is written, its time and zone left aside (RFC 3501 §6.4.4 SENTON). */
export function dayOfField(value: string): Day | undefined {
  const read = /(?:^|[\s,])(\d{1,2})\s+([a-z]{3})\s+(\d{4})/iu.exec(value);
  return read === null ? undefined : dayOf(read[1] ?? '', read[2] ?? '', read[3] ?? '');
}

function dayOf(day: string, month: string, year: string): Day | undefined {
  const index = monthIndex(month);
  const date = Number(day);
  const lastDay = new Date(Date.UTC(Number(year), index + 1, 0)).getUTCDate();
  return index < 0 || date < 1 || date > lastDay ? undefined : Number(year) * 10_000 + (index + 1) * 100 + date;
}

function monthIndex(month: string): number {
  return MONTHS.findIndex((one) => one.toLowerCase() === month.toLowerCase());
}
