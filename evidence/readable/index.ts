export { DER_KEY, LIMITS, readLevel } from './read.ts';
export type { Child, Reading, ReadingLimits, Unseen, View } from './types.ts';
