export { EXPECTATIONS_FILE, readExpectations, type Expectations } from './expectations.ts';
export { everyRule } from './rule-tables.ts';
export { SelftestError, UnknownFault } from './errors.ts';
export { isUnder } from './paths.ts';
export { isRed } from './judge.ts';
export { knownFaults, listFaults, type ListedFault } from './known-faults.ts';
export { passed } from './verdict.ts';
export { selftest, type SelftestOptions, type SelftestProgress } from './selftest.ts';
export type { FaultOutcome, Reach, SelftestReport } from './types.ts';
