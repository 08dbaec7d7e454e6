export { coverageOf, MODES } from './coverage-of.ts';
export { readSuite } from './read-suite.ts';
export type { Coverage, CoverageMode, ModeCounts, SectionCoverage, SlotCoverage, SuiteScenario } from './types.ts';
