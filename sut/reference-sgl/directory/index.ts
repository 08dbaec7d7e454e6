export type { Mailbox } from './bundle.ts';
export { createCorrespondents, type Correspondents } from './correspondents.ts';
export { createDirectory, type Directory } from './directory.ts';
export type { ImportReport } from './extraction.ts';
export { findProfessionals, type DirectoryProfessional, type ProfessionalCriteria } from './professionals.ts';
