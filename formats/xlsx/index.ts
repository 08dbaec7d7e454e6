export { readWorkbook } from './read.ts';
export { writeWorkbook } from './write.ts';
export type {
  XlsxColumn,
  XlsxCut,
  XlsxFault,
  XlsxFaultCode,
  XlsxLimits,
  XlsxReading,
  XlsxSheet,
  XlsxTable,
} from './types.ts';
