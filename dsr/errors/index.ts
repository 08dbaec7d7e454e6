export { DsrError } from './dsr-error.ts';
export type { DsrErrorCode } from './dsr-error.ts';
