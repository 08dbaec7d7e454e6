export { PAIRS, PATIENTS, REGISTERED } from './asked.ts';
export { People } from './draw.ts';
export { knownPeople } from './known.ts';
export { seat, type Seated } from './seating.ts';
export type { Seats } from './types.ts';
