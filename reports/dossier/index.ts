export { aboutDossier } from './about.ts';
export { dossierEntries, type DossierEntry } from './entries.ts';
export { readDossier, type DossierScope, type DossierSource } from './read-input.ts';
export { mayLeave, standingOf, type Standing, type StandingSource, type UnsafePiece } from './standing.ts';
export type {
  DossierChapter,
  DossierFile,
  DossierInput,
  DossierPiece,
  DossierReference,
  DossierRequirement,
  DossierSlot,
} from './types.ts';
