export type {
  Category,
  ConformityScenario,
  EvidenceClass,
  Nature,
  ProofKind,
  ProofSlot,
  Rem,
  RemMessage,
  Requirement,
  Wave,
} from './types.ts';
