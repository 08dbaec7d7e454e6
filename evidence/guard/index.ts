export { nameKey } from './identities.ts';
export { PUBLISHED_TEST_INS } from './ins.ts';
export { alarmOf, allHits, lookAt, lookInto, MESSAGES, type Looked, type PlacedHit } from './look.ts';
export type { AlarmCode, Hit, KnownPeople } from './types.ts';
