import { strictName, UNKNOWN_PLACE } from '../identity/index.ts';
import type { Traits } from '../model/index.ts';
import type { InsiQuery } from './types.ts';

/** A person has rarely more first names; each is one more call. */
const MAX_SINGLE_NAMES = 5;
/** How often the fault of the endless retry asks the same thing: enough to be seen, and it ends. */
const ENDLESS = 12;

/**
 * The calls to make in turn, as long as INSi answers 01 or 02: the first first name alone, the other first names one
 * by one, all of them, then all of them with the birth place. Bounded: at most seven, none twice.
 * Source: CNDA how-to for the search by traits (protocols.md §1.6 A4).
 */
export function plannedQueries(traits: Traits, faults: ReadonlySet<string> = new Set()): InsiQuery[] {
  const { firstNames, ...base } = queryOf(traits);
  const alone = faults.has('insi-tous-prenoms') ? [] : firstNames.slice(0, MAX_SINGLE_NAMES);
  const { birthPlace, ...without } = base;
  const queries: InsiQuery[] = alone.map((name) => ({ ...without, firstNames: [name] }));
  queries.push({ ...without, firstNames });
  if (birthPlace !== undefined) queries.push({ ...base, firstNames });
  if (faults.has('insi-ordre-inverse')) queries.push(...queries.splice(1).toReversed());
  if (faults.has('insi-relance-sans-fin'))
    return Array.from({ length: ENDLESS }, () => queries[0] ?? { ...base, firstNames });
  if (faults.has('insi-sans-reprise')) queries.splice(1);
  const unique = new Map(queries.map((query) => [JSON.stringify(query), query]));
  return [...unique.values()];
}

/** Traits as INSi reads them; a place that is not known, or not a code, is not sent. */
export function queryOf(traits: Traits): InsiQuery {
  const place = traits.birthPlace?.trim().toUpperCase() ?? '';
  return {
    birthName: strictName(traits.birthName),
    firstNames: traits.firstNames.map(strictName).filter((name) => name !== ''),
    sex: traits.sex,
    birthDate: traits.birthDate,
    ...(/^[0-9A-Z]{5}$/.test(place) && place !== UNKNOWN_PLACE && { birthPlace: place }),
  };
}
