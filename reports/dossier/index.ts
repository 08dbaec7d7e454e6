export { dossierEntries, type DossierEntry } from './entries.ts';
export { readDossier, type DossierScope, type DossierSource } from './read-input.ts';
export type {
  DossierChapter,
  DossierFile,
  DossierInput,
  DossierPiece,
  DossierReference,
  DossierRequirement,
  DossierSlot,
} from './types.ts';
