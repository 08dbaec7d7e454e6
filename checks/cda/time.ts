/** HL7 TS: `yyyy[MM[dd[HHmm[ss[.f]]]]][±zzzz]`; the schema lets the offset have one to four digits. */
const TS = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.\d{1,6})?)?)?)?)?)?([+-]\d{1,4})?$/;

export interface Timestamp {
  /** Digits given: 4, 6, 8, 10, 12 or 14. */
  readonly precision: number;
  readonly hasOffset: boolean;
  /** The offset is written with its four digits, or absent. */
  readonly fullOffset: boolean;
  /** Milliseconds since the epoch, read as UTC when no offset is given. */
  readonly instant: number;
}

/** @returns undefined when the text is not a TS or names a day that does not exist */
export function readTimestamp(text: string): Timestamp | undefined {
  const match = TS.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, hour, minute, second, offset] = match;
  const parts = [month, day, hour, minute, second];
  const precision = 4 + 2 * parts.filter((part) => part !== undefined).length;
  const instant = Date.UTC(
    Number(year),
    Number(month ?? 1) - 1,
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  const date = new Date(instant);
  const exists =
    date.getUTCMonth() === Number(month ?? 1) - 1 &&
    date.getUTCDate() === Number(day ?? 1) &&
    Number(hour ?? 0) < 24 &&
    Number(minute ?? 0) < 60 &&
    Number(second ?? 0) < 60;
  const shift = offsetOf(offset);
  if (!exists || shift === undefined) return undefined;
  return {
    precision,
    hasOffset: offset !== undefined,
    fullOffset: offset === undefined || offset.length === 5,
    instant: instant - shift,
  };
}

/** Milliseconds to take off to reach UTC; `+1` and `+01` are hours, `+100` is read as `+0100`. */
function offsetOf(offset: string | undefined): number | undefined {
  if (offset === undefined) return 0;
  const digits = offset.length <= 3 ? `${offset.slice(1).padStart(2, '0')}00` : offset.slice(1).padStart(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
