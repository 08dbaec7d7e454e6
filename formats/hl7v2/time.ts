/**
 * Date of an HL7 time stamp, as civil status writes it: `1979-03-28`. A day or a month that is missing, or written 00,
 * is 00 (people born on a day that nobody knows).
 * @returns undefined when the text is no date
 */
export function dateOfHl7(text: string): string | undefined {
  const [, year, month = '00', day = '00'] =
    /^(\d{4})(?:(\d{2})(?:(\d{2})(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,4})?)?)?)?)?)?(?:[+-]\d{4})?$/.exec(text) ?? [];
  if (year === undefined || Number(month) > 12 || Number(day) > 31) return undefined;
  return `${year}-${month}-${day}`;
}

/** `1979-03-28` as HL7 writes a date; 00 stays 00. */
export function hl7Date(date: string): string {
  return date.replaceAll('-', '');
}

/** A moment as HL7 writes it, in UTC with its offset. */
export function hl7Time(at: Date): string {
  return `${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}+0000`;
}
