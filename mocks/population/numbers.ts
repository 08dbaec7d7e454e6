import { nirKey } from '#formats/nir/index.ts';

/** Whose number is made for a rank: the patient's, or that of somebody beside it (twin, parent, former self). */
export type Whose = 'own' | 'other';

/**
 * Order numbers of a rank: those above 499 come again, for people of another year of birth (`make-patients.ts`), whose
 * numbers are then others.
 */
const ORDERS = 499;
/** Ranks go up to this one. */
export const LAST_RANK = 2 * ORDERS;

/** The thirteen characters of a number, as civil status makes them. */
export interface NumberParts {
  readonly sex: 'M' | 'F';
  /** `YYYY-MM-DD`; a month 00 is written 20, the code of a month that is not known. */
  readonly birthDate: string;
  /** COG code. */
  readonly place: string;
  /** 1 to {@link LAST_RANK}. */
  readonly rank: number;
  readonly whose?: Whose;
}

/** Number and its right key, glued: 15 characters. Order numbers count down from 999, and from 499 for the others. */
export function makeNumber({ sex, birthDate, place, rank, whose = 'own' }: NumberParts): string {
  if (rank < 1 || rank > LAST_RANK) throw new RangeError(`rank ${rank} has no order number`);
  const month = birthDate.slice(5, 7);
  const turned = ((rank - 1) % ORDERS) + 1;
  const order = String((whose === 'own' ? 1000 : ORDERS + 1) - turned).padStart(3, '0');
  const thirteen = `${sex === 'M' ? 1 : 2}${birthDate.slice(2, 4)}${month === '00' ? '20' : month}${place}${order}`;
  return `${thirteen}${nirKey(thirteen) ?? ''}`;
}

/** The same number with a key that is not its own. */
export function withWrongKey(fifteen: string): string {
  const key = (Number(fifteen.slice(13)) % 97) + 1;
  return `${fifteen.slice(0, 13)}${String(key).padStart(2, '0')}`;
}

/** The same number with its own key. */
export function withRightKey(fifteen: string): string {
  const thirteen = fifteen.slice(0, 13);
  return `${thirteen}${nirKey(thirteen) ?? fifteen.slice(13)}`;
}
