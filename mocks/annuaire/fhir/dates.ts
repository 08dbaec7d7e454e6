/** What a date criterion asks: FHIR R4 §3.1.1.4.7, prefixes of §3.1.1.4.5 (`ap` is not known to the mock). */
export interface DateAsked {
  readonly prefix: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb';
  /** Milliseconds: what is written covers a whole day, month, year, minute… from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
}

const SHAPE =
  /^(eq|ne|gt|lt|ge|le|sa|eb)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/u;

/** Reads `[prefix]YYYY[-MM[-DD[THH:MM[:SS[.sss]][offset]]]]`; undefined when it is no date. Without offset: UTC. */
export function readDate(text: string): DateAsked | undefined {
  const [, prefix = 'eq', year, month, day, hour, minute, second, fraction, offset = 'Z'] = SHAPE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const milliseconds = (fraction ?? '').padEnd(3, '0').slice(0, 3);
  const time = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${milliseconds}`;
  const start = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T${time}${hour === undefined ? 'Z' : offset}`);
  if (Number.isNaN(start)) return undefined;
  const next = new Date(start);
  if (month === undefined) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else if (day === undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  const length = [
    [fraction, 1],
    [second, 1000],
    [hour, 60_000],
    [day, 86_400_000],
  ].find(([part]) => part !== undefined)?.[1];
  const end = length === undefined ? next.getTime() : start + Number(length);
  return { prefix: prefix as DateAsked['prefix'], start, end };
}

/** Whether an instant answers. */
export function answersDate(held: number, { prefix, start, end }: DateAsked): boolean {
  switch (prefix) {
    case 'eq':
      return held >= start && held < end;
    case 'ne':
      return held < start || held >= end;
    case 'gt':
    case 'sa':
      return held >= end;
    case 'lt':
    case 'eb':
      return held < start;
    case 'ge':
      return held >= start;
    case 'le':
      return held < end;
  }
}
