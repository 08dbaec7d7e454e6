import type { Traits } from '../model/index.ts';
import { strictName } from './names.ts';

/** Place written when nobody knows it. Source: RNIV, rule 5 of the INS implementation guide. */
export const UNKNOWN_PLACE = '99999';

/** Traits that identify, and that INSi knows: locked once they come from it (rule 26). */
export const STRICT_TRAITS = ['birthName', 'firstNames', 'sex', 'birthDate', 'birthPlace'] as const;
export type StrictTrait = (typeof STRICT_TRAITS)[number];

export const TRAIT_LABELS: Readonly<Record<keyof Traits, string>> = {
  birthName: 'nom de naissance',
  firstNames: 'premier prénom de naissance',
  sex: 'sexe',
  birthDate: 'date de naissance',
  birthPlace: 'code du lieu de naissance',
  usedName: 'nom utilisé',
  usedFirstName: 'prénom utilisé',
};

/** Names in capitals without accents, codes in capitals; what is empty is left out. */
export function strictForm(typed: Partial<Traits>): Partial<Traits> {
  const firstNames = typed.firstNames?.map(strictName).filter((name) => name !== '');
  const { birthDate, sex } = typed;
  return {
    ...filled('birthName', strictName(typed.birthName ?? '')),
    ...(firstNames && firstNames.length > 0 ? { firstNames } : {}),
    ...(sex === 'M' || sex === 'F' ? { sex } : {}),
    ...filled('birthDate', birthDate?.trim() ?? ''),
    ...filled('birthPlace', (typed.birthPlace ?? '').trim().toUpperCase()),
    ...filled('usedName', strictName(typed.usedName ?? '')),
    ...filled('usedFirstName', strictName(typed.usedFirstName ?? '')),
  };
}

export type Tolerated = StrictTrait | 'date-impossible';

/** What the faults switched on let pass. */
export function toleratedInTyping(faults: ReadonlySet<string>): Set<Tolerated> {
  const tolerated = new Set<Tolerated>();
  if (faults.has('ins-cree-sans-lieu')) tolerated.add('birthPlace');
  if (faults.has('ins-date-impossible')) tolerated.add('date-impossible');
  return tolerated;
}

/**
 * Whether an identity may be created or changed so by hand.
 *
 * @param traits in their strict form
 * @returns French sentences, empty when it may. Source: rule 5 (five mandatory fields, the others never), rule 1 (day
 *   from 1 to 31, month from 1 to 12)
 */
export function problemsOfTyping(traits: Partial<Traits>, ignored: ReadonlySet<Tolerated> = new Set()): string[] {
  const missing = STRICT_TRAITS.filter((name) => traits[name] === undefined && !ignored.has(name));
  const problems = missing.map((name) => `le champ « ${TRAIT_LABELS[name]} » est obligatoire`);
  const { birthDate, birthPlace } = traits;
  if (birthDate !== undefined && !ignored.has('date-impossible') && !isCivilDate(birthDate)) {
    problems.push(`la date de naissance ${birthDate.slice(0, 10)} n'existe pas : le jour ou le mois est impossible`);
  }
  if (birthPlace !== undefined && !/^[0-9A-Z]{5}$/.test(birthPlace)) {
    problems.push(`le code du lieu de naissance compte 5 caractères (${UNKNOWN_PLACE} quand le lieu est inconnu)`);
  }
  return problems;
}

/** Whether a day of the calendar is written, `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Names of the traits that differ. */
export function changedTraits(before: Traits, after: Traits): (keyof Traits)[] {
  const names = Object.keys(TRAIT_LABELS) as (keyof Traits)[];
  return names.filter((name) => String(before[name] ?? '') !== String(after[name] ?? ''));
}

export function isStrict(name: keyof Traits): name is StrictTrait {
  return (STRICT_TRAITS as readonly string[]).includes(name);
}

function filled<Name extends keyof Traits>(name: Name, value: string): { [K in Name]?: string } {
  return (value === '' ? {} : { [name]: value }) as { [K in Name]?: string };
}
