export { requirementState } from './requirement-state.ts';
export { EXIT, runExitCode, runVerdict, shownRunState } from './run-verdict.ts';
export { mergeContributions, slotStateAfter, type SlotContribution } from './slot-state.ts';
