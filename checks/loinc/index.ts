export { checkLoincExport } from './check-export.ts';
export { cellOf, checkLoincFile, type FileOptions } from './check-file.ts';
export {
  assignmentsOf,
  checkManualChange,
  checkOutsideImport,
  checkRightImport,
  checkSeveralImport,
} from './check-import.ts';
export { checkLoincSet } from './check-set.ts';
export { openLoincFile, type LoincOpening } from './open.ts';
export { APPLIED, RULES, type LoincRule } from './rules.ts';
export type { Catalogue, Given, ImportAnomaly, ImportReport, LoincAssignment, LoincSubject } from './types.ts';
