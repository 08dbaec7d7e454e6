export { applicabilityOf, declareNotApplicable, type Applicability, type NotApplicable } from './applicability.ts';
export { assign, type Assignment, type AssignmentChange } from './assignment.ts';
export { carrierText, declareCarrier, OWN_PRODUCT, type Carrier } from './carrier.ts';
export { moveChapter, type ChapterMove, type ChapterSlot, type SlotChange } from './chapter-moves.ts';
export { chapterState } from './chapter-state.ts';
export {
  moveComplement,
  remainingTime,
  type Complement,
  type ComplementMove,
  type ComplementOutcome,
  type ComplementState,
  type ComplementSubject,
  type RemainingTime,
} from './complement.ts';
export { addRemark, openQuestions, retractRemark, type Remark } from './discussion.ts';
export {
  EXTERNAL_REFERENCE_KINDS,
  externalReferenceTitle,
  readExternalReference,
  type ExternalReference,
  type ExternalReferenceKind,
} from './external-reference.ts';
export { AGEING, stalenessOf, type FreshnessNow, type SlotContent } from './freshness.ts';
export { mayValidate, type PieceAuthor } from './four-eyes.ts';
export { refusal, type Outcome, type Refusal } from './refusal.ts';
export { readRunRecord } from './run-record.ts';
export { dueRequirements, isReady, readinessOf, type DueSlot, type Readiness } from './readiness.ts';
export { requirementState } from './requirement-state.ts';
export { runDigest, type LatestResult, type RunDigest, type RunLine, type ScenarioDigest } from './run-digest.ts';
export { EXIT, runExitCode, runVerdict, shownRunState } from './run-verdict.ts';
export { movesFrom, moveSlot, SLOT_MOVES, SLOT_STATES, type SlotMove } from './slot-moves.ts';
export { mergeContributions, slotStateAfter, type SlotContribution } from './slot-state.ts';
