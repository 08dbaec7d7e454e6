import type { CivilDate } from '#dsr/dates/index.ts';

const MONTHS: readonly string[] = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];
/** Between the parts of one thing, so that a line never breaks inside it. */
const NBSP = '\u00A0';

/**
 * `14 juin 2022`, `1er juin 2022`.
 *
 * @param within a date whose year goes without saying: it is then left out
 */
export function frenchDate(date: CivilDate, within?: CivilDate): string {
  const [year, month, day] = date.split('-');
  const words = [Number(day) === 1 ? '1er' : String(Number(day)), MONTHS[Number(month) - 1]];
  if (within === undefined || within.slice(0, 4) !== year) words.push(year);
  return words.join(NBSP);
}

/** `1 commande`, `3 commandes`; in French, zero is singular. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count}${NBSP}${Math.abs(count) < 2 ? one : many}`;
}
