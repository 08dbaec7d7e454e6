export type { FaultOverrides } from './faults.ts';
export { vocabularyOf, type InsiOperation, type VocabularyOverrides } from './operations.ts';
export { startInsi } from './service.ts';
export { readInsiOptions } from './read-options.ts';
export type { InsiOptions } from './settings.ts';
export { INSI_SITUATIONS } from './situations.ts';
