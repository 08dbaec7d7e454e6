export { createPopulation } from './create-population.ts';
export { PUBLISHED, SITUATIONS } from './data.ts';
export { LABORATORY, MAIL_DOMAIN } from './people.ts';
export { normalizeName } from './traits.ts';
export type { CardRead } from './card.ts';
export type { SituationData } from './data.ts';
export type { SearchTraits } from './traits.ts';
export type { InsiTraits, Population, TestPatient, TestProfessional, TestStructure, VitaleCard } from './types.ts';
