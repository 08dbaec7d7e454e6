export { compareRems } from './compare.ts';
export { foldText, sameText } from './fold.ts';
export { isOfficial, matchRems, type Match } from './match.ts';
export type { RequirementPair, SlotUnder } from './match-inside.ts';
export { slotChanges } from './proofs.ts';
export type {
  AddedEntry,
  Correspondence,
  DiffList,
  Fate,
  Level,
  LoneEntry,
  MovedEntry,
  NatureEntry,
  NotCompared,
  PlaceField,
  ProofChange,
  ProofEntry,
  RemDiff,
  RemovedEntry,
  RemSide,
  RenumberedEntry,
  RenumberingKind,
  Segment,
  SlotFacts,
  WordingEntry,
} from './types.ts';
export { createWordDiffer, type WordDiff, type WordDiffer } from './words.ts';
