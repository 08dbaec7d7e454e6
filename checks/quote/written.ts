import type { CivilDate } from '#dsr/dates/index.ts';

/** `14/06/2022`, as a form shows it. */
export function day(date: CivilDate): string {
  return date.split('-').toReversed().join('/');
}
