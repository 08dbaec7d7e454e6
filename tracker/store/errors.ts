/** The tracker's own store cannot be used; never a verdict on the product. */
export class TrackerStoreError extends Error {
  readonly code: 'TRACKER_UNREADABLE' | 'TRACKER_NEWER';
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: TrackerStoreError['code'], message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TrackerStoreError';
    this.code = code;
    this.remedy = remedy;
  }
}
