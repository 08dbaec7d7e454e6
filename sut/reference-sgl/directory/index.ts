export { createDirectoryAccess, type DirectoryAccess } from './access.ts';
export type { Mailbox } from './bundle.ts';
export { createCorrespondents, type Correspondents } from './correspondents.ts';
export { createDirectory, type Directory } from './directory.ts';
export { createFileCorrespondents, type FileCorrespondent, type FileCorrespondents } from './file-correspondents.ts';
export { scheduleDirectory, type DirectorySchedule } from './schedule.ts';
export type { ImportReport } from './extraction.ts';
export { findProfessionals, type DirectoryProfessional, type ProfessionalCriteria } from './professionals.ts';
