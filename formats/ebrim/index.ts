export type {
  Association,
  Classification,
  ExternalIdentifier,
  ExtrinsicObject,
  Place,
  RegistryObject,
  RegistryObjects,
  RegistryPackage,
  Slot,
} from './types.ts';
export { parseCe, parseCx, parseXcn, parseXon } from './fields.ts';
export type { AssigningAuthority, Ce, Cx, Xcn, Xon } from './fields.ts';
export { classification, classifications, codeOf, externalIdentifier, slot, slotValues } from './lookup.ts';
export { queryForm, readQueryValue, type QueryForm, type QueryValue } from './query-value.ts';
export { readRegistryObjects } from './read.ts';
export {
  ASSOCIATION,
  CODED_METADATA,
  DOCUMENT_ENTRY,
  DOCUMENT_ENTRY_TYPE,
  EBXML,
  STATUS,
  SUBMISSION_SET,
} from './vocabulary.ts';
