const LEXICAL =
  /^(?<year>-?\d{4,})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?<fraction>\.\d+)?(?:Z|(?<sign>[+-])(?<zoneHour>\d\d):(?<zoneMinute>\d\d))?$/;

/** An instant; without a time zone it is read in UTC. */
export class DateTime {
  readonly text: string;
  readonly milliseconds: number;
  constructor(text: string, milliseconds: number) {
    this.text = text;
    this.milliseconds = milliseconds;
  }
}

/** Reads an `xs:dateTime` (XSD part 2 §3.2.7); undefined when the characters are none. */
export function dateTimeOf(characters: string): DateTime | undefined {
  const text = characters.trim();
  const groups = LEXICAL.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const part = (name: string): number => Number(groups[name] ?? 0);
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(part);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  const isMidnight = hour === 24 && minute === 0 && second === 0 && part('fraction') === 0;
  const zone = part('zoneHour') * 60 + part('zoneMinute');
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return undefined;
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 59) return undefined;
  if (part('zoneMinute') > 59 || zone > 14 * 60) return undefined;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(
    hour,
    minute - (groups['sign'] === '-' ? -zone : zone),
    second,
    Math.trunc(part('fraction') * 1000),
  );
  return new DateTime(text, instant.getTime());
}

function lastDay(year: number, month: number): number {
  const day = new Date(0);
  day.setUTCFullYear(year, month, 0);
  return day.getUTCDate();
}
