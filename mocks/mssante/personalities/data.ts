import table from './personalities.json' with { type: 'json' };
import type { Personality } from './types.ts';

/** Every operator of the bench that is listened to apart; source in the data file. */
export const PERSONALITIES: readonly Personality[] = table.personalities as readonly Personality[];

/** The operator without fault: it plays no situation. */
export const RIGHT = 'conforme';
