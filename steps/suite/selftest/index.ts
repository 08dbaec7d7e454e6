export { EXPECTATIONS_FILE, readExpectations, type Expectations } from './expectations.ts';
export { SelftestError, UnknownFault } from './errors.ts';
export { isRed } from './judge.ts';
export { REFERENCE_PROFILES } from './plan-waves.ts';
export { sectionOf } from './sections.ts';
export { selftest, type SelftestOptions, type SelftestProgress } from './selftest.ts';
export type { FaultOutcome, SelftestReport } from './types.ts';
