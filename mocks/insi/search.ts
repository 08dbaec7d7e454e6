import { normalizeName } from '../population/index.ts';
import type { Population, TestPatient } from '../population/types.ts';
import type { InsiCriteria } from './criteria.ts';

/**
 * The people who answer a search. A person whose day or month of birth is not known (00) answers to any day of the
 * month, or of the year: that is how a product meets such a date without having typed it.
 * @returns nobody, one person, or several who cannot be told apart
 */
export function search(population: Population, criteria: InsiCriteria): readonly TestPatient[] {
  if (criteria.kind === 'vitale') {
    const patient = population.byIns(criteria.ins);
    const agrees = criteria.birthDate === undefined || criteria.birthDate === patient?.birthDate;
    return patient && patient.situation !== 'inconnu' && agrees ? [patient] : [];
  }
  const { birthDate } = criteria;
  for (const date of [birthDate, `${birthDate.slice(0, 8)}00`, `${birthDate.slice(0, 5)}00-00`]) {
    const found = population.byTraits({ ...criteria, birthDate: date });
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Whose search it is, when nobody answered: the person of that birth name and birth date. It only serves to attribute
 * the exchange (first name that does not match, patient whom INSi does not know).
 */
export function concerned(population: Population, criteria: InsiCriteria): TestPatient | undefined {
  if (criteria.kind === 'vitale') return population.byIns(criteria.ins);
  const name = normalizeName(criteria.birthName);
  const sameMonth = criteria.birthDate.slice(0, 8);
  const namesakes = population.patients.filter((patient) => patient.birthName === name);
  return (
    namesakes.find((patient) => patient.birthDate === criteria.birthDate) ??
    namesakes.find((patient) => patient.birthDate === `${sameMonth}00`)
  );
}
