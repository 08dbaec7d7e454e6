export {
  findReference,
  loadReferences,
  referenceLabels,
  referenceVersion,
  UNKNOWN_VERSION,
  versionLabel,
} from './references.ts';
export type {
  ApplicableVersion,
  LaterVersion,
  Reference,
  ReferenceData,
  ReferenceSource,
  VersionMark,
  WaveVersion,
} from './types.ts';
