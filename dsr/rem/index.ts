export { isUnder, normaliseId, restoreProofId, sectionOfId } from './id.ts';
export { applicableRequirements, findRequirement, findScenario, findSlot, slotsOf } from './query.ts';
export type { ScenarioPlace, SlotPlace } from './query.ts';
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
