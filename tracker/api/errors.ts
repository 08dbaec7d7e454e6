/** The tracker's server cannot start. */
export class TrackerServerError extends Error {
  readonly code: 'PORT_IN_USE' | 'PORT_REFUSED' | 'ADDRESS_UNKNOWN' | 'PAGES_MISSING';
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: TrackerServerError['code'], message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TrackerServerError';
    this.code = code;
    this.remedy = remedy;
  }
}
