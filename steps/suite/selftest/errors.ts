/** The selftest could not be played: says nothing of the checks. */
export class SelftestError extends Error {
  readonly code: string;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = 'SelftestError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** The user named a fault that the reference SGL does not have. */
export class UnknownFault extends SelftestError {
  readonly unknown: readonly string[];
  readonly known: readonly string[];

  constructor(unknown: readonly string[], known: readonly string[]) {
    super('FAUTE_INCONNUE', `Faute inconnue du SGL de référence : ${unknown.join(', ')}.`, '');
    this.name = 'UnknownFault';
    this.unknown = unknown;
    this.known = known;
  }
}
