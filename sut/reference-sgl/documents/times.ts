/**
 * Clock of the laboratory. A CDA carries the local time with its offset (structuration minimale, TS rules); XDS metadata
 * and HL7 v3 messages carry UTC without offset. The zone is named, never taken from the host.
 */
const ZONE = 'Europe/Paris';

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
});

function local(date: Date): { digits: string; offset: string } {
  const part = Object.fromEntries(PARTS.formatToParts(date).map(({ type, value }) => [type, value]));
  const digits = `${part['year']}${part['month']}${part['day']}${part['hour']}${part['minute']}${part['second']}`;
  const offset = (part['timeZoneName'] ?? '').replace('GMT', '').replace(':', '');
  return { digits, offset: offset === '' ? '+0000' : offset };
}

/** `yyyyMMddHHmmss+0100`, for a CDA. */
export function cdaTime(date: Date): string {
  const { digits, offset } = local(date);
  return digits + offset;
}

/** `YYYY-MM-DDTHH:MM:SS+01:00`, local time with its offset, for a journal. */
export function offsetTime(date: Date): string {
  const { digits, offset } = local(date);
  const [day, time] = [digits.slice(0, 8), digits.slice(8)];
  const hours = `${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}`;
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${hours}${offset.slice(0, 3)}:${offset.slice(3)}`;
}

/** `yyyyMMddHHmmss` in UTC, for XDS metadata and HL7 v3. */
export function utcTime(date: Date): string {
  return date.toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

/** `yyyyMMddHHmmss` in French local time, without offset. */
export function localTime(date: Date): string {
  return local(date).digits;
}

/** `JJ/MM/AAAA HH:MM`, for people. */
export function frenchDateTime(date: Date): string {
  const digits = local(date).digits;
  return `${digits.slice(6, 8)}/${digits.slice(4, 6)}/${digits.slice(0, 4)} ${digits.slice(8, 10)}:${digits.slice(10, 12)}`;
}

/** `JJ/MM/AAAA` from a `YYYY-MM-DD` civil date. */
export function frenchDate(civil: string): string {
  return civil.split('-').toReversed().join('/');
}
