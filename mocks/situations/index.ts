export { BadSituation, UnknownSituation } from './errors.ts';
export { createSituations } from './create-situations.ts';
export type { Situation, Situations } from './types.ts';
