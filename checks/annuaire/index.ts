export {
  RULES,
  checkDirectoryCalls,
  checkDirectoryImport,
  checkDirectoryPerson,
  checkDirectorySchedule,
  checkDirectorySearch,
  checkMailboxUse,
} from './check.ts';
export type { DirectoryContext } from './check.ts';
export type {
  DirectorySchedule,
  ImportReport,
  KnownPatient,
  MailboxUse,
  ShownMailbox,
  ShownProfessional,
} from './types.ts';
