export { PERSONALITIES, RIGHT } from './data.ts';
export { listenPersonalities, NO_PERSONALITIES, type PersonalityListeners } from './listen.ts';
export type { ExpectedReaction, Personality } from './types.ts';
