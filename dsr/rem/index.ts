export { isUnder, normaliseId, restoreId, sectionOfId } from './id.ts';
export { applicableRequirements, findRequirement, findScenario, findSlot, slotsOf } from './query.ts';
export type { ScenarioPlace, SlotPlace } from './query.ts';
export { readRem } from './read.ts';
export type { RemIdentity, RemReading } from './read.ts';
export { toImportReport } from './report.ts';
export type { ImportReport } from './report.ts';
export { parseRem, serialiseRem } from './serialise.ts';
export type {
  Category,
  ConformityScenario,
  EvidenceClass,
  Nature,
  Observable,
  ProofKind,
  ProofSlot,
  Rem,
  RemMessage,
  Requirement,
  Wave,
} from './types.ts';
