export { SuiteError } from './errors.ts';
export { guidedScenarios } from './guided-scenarios.ts';
export { isOwnProduct, openSut, type SutOptions } from './open-sut.ts';
export { planSuite, suiteTags, type PlannedScenario, type PlanOptions, type SuitePlan } from './plan.ts';
export type { ReferenceFiles } from './references.ts';
export { REFERENCE_PROFILES } from './reference-profiles.ts';
export { runSuite, type SuiteOptions, type SuiteProgress } from './run-suite.ts';
