import type { XlsxFault, XlsxFaultCode } from './types.ts';

/** Thrown while a workbook is read, caught by `readWorkbook`. */
export class XlsxRefusal extends Error {
  readonly fault: XlsxFault;

  constructor(code: XlsxFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = { code, message, ...(cause === undefined ? {} : { detail: reasonOf(cause) }) };
  }
}

/** What an error says, for those who look into it. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
