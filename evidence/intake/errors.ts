export type IntakeCode =
  | 'EVIDENCE_EMPTY'
  | 'ALARM_UNKNOWN'
  | 'ALARM_REASON_MISSING'
  /** Something that the guard saw stands in a picture, a PDF, a file that is too large. */
  | 'CANNOT_MASK';

/** A piece that a person brings cannot be taken in, or not in that way. */
export class IntakeError extends Error {
  readonly code: IntakeCode;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: IntakeCode, message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'IntakeError';
    this.code = code;
    this.remedy = remedy;
  }
}
