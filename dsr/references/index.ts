export {
  findReference,
  loadReferences,
  parseCitation,
  referenceLabels,
  referenceVersion,
  UNKNOWN_VERSION,
  versionLabel,
} from './references.ts';
export type { Citation } from './references.ts';
export type {
  ApplicableVersion,
  LaterVersion,
  Reference,
  ReferenceData,
  ReferenceSource,
  VersionMark,
  WaveVersion,
} from './types.ts';
