/** What keeps the bench from reaching the product: a matter of configuration, never a verdict on the product. */
export class SutError extends Error {
  readonly code: string;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy = '', cause?: unknown) {
    super(message, { cause });
    this.name = 'SutError';
    this.code = code;
    this.remedy = remedy;
  }
}
