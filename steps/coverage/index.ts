export { baselineChanges, baselineOf, type Baseline } from './baseline.ts';
export { embeddedCatalogues } from './catalogues.ts';
export { coverageOf, MODES } from './coverage-of.ts';
export { readSuite } from './read-suite.ts';
export { tagProblems, type CheckedCatalogue, type TagProblem } from './tag-problems.ts';
export type { Coverage, CoverageMode, ModeCounts, SectionCoverage, SlotCoverage, SuiteScenario } from './types.ts';
