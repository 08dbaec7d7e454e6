export { RULES, checkDirectoryImport, checkDirectorySearch } from './check.ts';
export type { ImportReport, ShownMailbox } from './types.ts';
