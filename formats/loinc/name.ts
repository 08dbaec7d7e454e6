import { LAYOUTS } from './layouts.ts';
import type { LoincLayout, LoincName } from './types.ts';

/**
 * Which of the six files a name is that of, however it is written otherwise.
 *
 * @param fileName without folder
 * @returns undefined when it begins like none of them
 */
export function readLoincName(fileName: string): LoincName | undefined {
  const rank = /^loinc[ _-]?([1-6])(?!\d)/iu.exec(fileName)?.[1];
  const layout = LAYOUTS.find((one) => String(one.rank) === rank);
  if (layout === undefined) return undefined;
  const [, digits] = /(\d{8})(?!\d)/u.exec(fileName.slice('LOINC_1'.length)) ?? [];
  const date = digits === undefined ? undefined : dayOf(digits);
  const form = new RegExp(`^${layout.name}${layout.freeName ? '(?:_[A-Za-z0-9-]+)*' : ''}_(\\d{8})\\.csv$`, 'u');
  const right = date !== undefined && form.exec(fileName)?.[1] === digits;
  return { layout, right, ...(date === undefined ? {} : { date }) };
}

/**
 * The name that a file bears.
 *
 * @param date `YYYY-MM-DD`
 */
export function loincName(layout: LoincLayout, date: string): string {
  const middle = layout.freeName ? '_transcodage_chapitres' : '';
  return `${layout.name}${middle}_${date.replaceAll('-', '')}.csv`;
}

/** `YYYY-MM-DD` of `AAAAMMJJ`; undefined for a day that the calendar does not have. */
function dayOf(digits: string): string | undefined {
  const written = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}
