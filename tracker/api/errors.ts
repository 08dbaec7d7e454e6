/** The tracker's server cannot start. */
export class TrackerServerError extends Error {
  readonly code: 'PORT_IN_USE' | 'PORT_REFUSED' | 'PAGES_MISSING';
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: TrackerServerError['code'], message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TrackerServerError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** A call that is refused: becomes an `ErrorView` with this HTTP status. */
export class RefusedCall extends Error {
  readonly status: 400 | 403 | 404 | 405 | 409 | 413 | 415;
  readonly code: string;
  readonly remedy: string;

  constructor(status: RefusedCall['status'], code: string, message: string, remedy: string) {
    super(message);
    this.name = 'RefusedCall';
    this.status = status;
    this.code = code;
    this.remedy = remedy;
  }
}
