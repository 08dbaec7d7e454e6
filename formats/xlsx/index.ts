export { readWorkbook } from './read.ts';
export { columnLetters } from './reference.ts';
export { writeWorkbook } from './write.ts';
export type {
  XlsxColumn,
  XlsxCut,
  XlsxFault,
  XlsxFaultCode,
  XlsxFormula,
  XlsxLimits,
  XlsxMerge,
  XlsxNote,
  XlsxReading,
  XlsxSheet,
  XlsxTable,
} from './types.ts';
