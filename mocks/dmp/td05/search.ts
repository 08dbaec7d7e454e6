import { normalizeName } from '../../population/index.ts';
import type { Population, TestPatient } from '../../population/types.ts';
import type { RegistryStore } from '../registry.ts';
import type { PatientQuery } from './query.ts';
import rules from './search.json' with { type: 'json' };

export interface FoundPatient {
  readonly patient: TestPatient;
  /** 0 to 100. */
  readonly percentage: number;
}

/** Criteria that are missing although the search asks for them. */
export function missingCriteria(query: PatientQuery): readonly string[] {
  const given: Readonly<Record<string, string>> = { family: query.family, birthTime: query.birthTime };
  return rules.minimum.filter((name) => (given[name] ?? '') === '');
}

/**
 * People with an open record whose traits agree: birth name (or its beginning), date of birth, and first name and sex
 * when given. Best first.
 */
export function searchPatients(query: PatientQuery, population: Population, registry: RegistryStore): FoundPatient[] {
  const family = normalizeName(query.family);
  const given = normalizeName(query.given);
  return population.patients
    .filter(
      ({ ins, sex, birthDate, firstNames, birthName }) =>
        normalizeName(birthName).startsWith(family) &&
        birthDate.replaceAll('-', '').startsWith(query.birthTime) &&
        (query.sex === '' || query.sex === sex) &&
        (given === '' || firstNames.some((name) => normalizeName(name) === given)) &&
        registry.status(ins) === 'actif',
    )
    .map((patient) => ({
      patient,
      percentage: normalizeName(patient.birthName) === family ? rules.scores.exact : rules.scores.begins,
    }))
    .toSorted((one, other) => other.percentage - one.percentage);
}
