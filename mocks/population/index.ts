export { createPopulation } from './create-population.ts';
export { SITUATIONS } from './data.ts';
export { LABORATORY, MAIL_DOMAIN } from './people.ts';
export { normalizeName } from './traits.ts';
export type { SituationData } from './data.ts';
export type { SearchTraits } from './traits.ts';
export type { Population, TestPatient, TestProfessional, TestStructure } from './types.ts';
