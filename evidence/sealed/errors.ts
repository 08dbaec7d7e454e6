export type SealCode =
  | 'SEAL_PATH'
  | 'SEAL_BYTES_CHANGED'
  | 'SEAL_KEY'
  | 'SEAL_KEY_OPEN'
  | 'SEAL_KEY_PASSPHRASE'
  | 'TIMESTAMP_UNREACHABLE'
  | 'TIMESTAMP_REFUSED'
  | 'TIMESTAMP_INVALID'
  | 'TIMESTAMP_EXPIRED';

/** A dossier cannot be sealed; never a verdict on the product. */
export class SealError extends Error {
  readonly code: SealCode;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: SealCode, message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SealError';
    this.code = code;
    this.remedy = remedy;
  }
}
