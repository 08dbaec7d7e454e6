export { SuiteError } from './errors.ts';
export { openSut, type SutOptions } from './open-sut.ts';
export { planSuite, type PlannedScenario, type PlanOptions, type SuitePlan } from './plan.ts';
export { runSuite, type SuiteOptions, type SuiteProgress } from './run-suite.ts';
