import { strictName } from '../identity/index.ts';
import type { Traits } from '../model/index.ts';

/** One search by traits, in the form INSi wants: names from A to Z, one or several first names. */
export interface InsiQuery {
  birthName: string;
  firstNames: string[];
  sex: 'M' | 'F';
  birthDate: string;
  birthPlace?: string;
}

/** A person has rarely more first names; each is one more call. */
const MAX_SINGLE_NAMES = 5;

/**
 * The calls to make in turn, as long as INSi answers 01 or 02: the first first name alone, the other first names one
 * by one, all of them, then all of them with the birth place. Bounded: at most seven, none twice.
 * Source: CNDA how-to for the search by traits (protocols.md §1.6 A4).
 */
export function plannedQueries(traits: Traits): InsiQuery[] {
  const firstNames = traits.firstNames.map(strictName).filter((name) => name !== '');
  const base = { birthName: strictName(traits.birthName), sex: traits.sex, birthDate: traits.birthDate };
  const queries: InsiQuery[] = firstNames.slice(0, MAX_SINGLE_NAMES).map((name) => ({ ...base, firstNames: [name] }));
  queries.push({ ...base, firstNames });
  const place = traits.birthPlace?.trim().toUpperCase() ?? '';
  if (/^[0-9A-Z]{5}$/.test(place)) queries.push({ ...base, firstNames, birthPlace: place });
  const unique = new Map(queries.map((query) => [JSON.stringify(query), query]));
  return [...unique.values()];
}
