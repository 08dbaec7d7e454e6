export { readWorkbook } from './read.ts';
export type { XlsxFault, XlsxFaultCode, XlsxLimits, XlsxReading, XlsxSheet } from './types.ts';
