import { localTime } from '../documents/index.ts';

/** Time of the registry (`yyyyMMddHHmmss`, UTC) as a French reader sees it: local, ISO 8601 with its offset. */
export function localDateTime(utc: string, asUtc = false): string {
  const at = utcDate(utc);
  if (at === undefined) return utc;
  if (asUtc) return at.toISOString();
  const digits = localTime(at);
  const local = Date.UTC(
    Number(digits.slice(0, 4)),
    Number(digits.slice(4, 6)) - 1,
    Number(digits.slice(6, 8)),
    Number(digits.slice(8, 10)),
    Number(digits.slice(10, 12)),
    Number(digits.slice(12, 14)),
  );
  const minutes = Math.round((local - at.getTime()) / 60_000);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`;
}

/** The first instant of a French civil day, or the last one. */
export function dayBounds(day: string): { first: Date; last: Date } {
  const midnight = (civil: string): Date => {
    const guess = new Date(`${civil}T00:00:00Z`);
    // One or two hours before midnight UTC: the offset that gives back the day at 00:00.
    const found = [1, 2].map((hours) => new Date(guess.getTime() - hours * 3_600_000));
    return found.find((at) => localTime(at) === `${civil.replaceAll('-', '')}000000`) ?? guess;
  };
  const next = new Date(new Date(`${day}T12:00:00Z`).getTime() + 24 * 3_600_000).toISOString().slice(0, 10);
  return { first: midnight(day), last: new Date(midnight(next).getTime() - 1_000) };
}

function utcDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
