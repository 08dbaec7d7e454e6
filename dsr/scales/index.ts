export { loadScales, readScalesFile, withScales } from './load.ts';
export { advanceRateFor, bandFor, checkCeiling } from './query.ts';
export type { Band, BandAnswer, CeilingAnswer, CeilingStatus, Scales, UnknownScale } from './types.ts';
