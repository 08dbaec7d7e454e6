export type DsrErrorCode =
  /** No embedded catalogue for that category and wave. */
  | 'CATALOGUE_UNKNOWN'
  /** Embedded data that contradicts itself. */
  | 'CATALOGUE_DAMAGED'
  /** No profile list for that category and wave. */
  | 'PROFILES_UNKNOWN'
  /** A serialised REM that cannot be read back. */
  | 'REM_DATA_INVALID'
  /** A file of the user's classifications that cannot be read back. */
  | 'OVERRULES_INVALID';

/** A fault of the regulatory data or of its use; `message` and `remedy` are French sentences for the user. */
export class DsrError extends Error {
  override readonly name = 'DsrError';
  readonly code: DsrErrorCode;
  readonly remedy: string;

  constructor(code: DsrErrorCode, message: string, remedy: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
