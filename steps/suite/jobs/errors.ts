/** A process of the run could not open its bench: told with the code of what it met, which says whose fault it is. */
export class JobError extends Error {
  readonly code: string;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = 'JobError';
    this.code = code;
    this.remedy = remedy;
  }
}
