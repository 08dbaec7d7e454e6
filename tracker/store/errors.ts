export type TrackerStoreCode =
  | 'TRACKER_UNREADABLE'
  | 'TRACKER_NEWER'
  /** The database of the team does not answer. */
  | 'TRACKER_UNREACHABLE'
  /** Another process has been writing for longer than one waits. */
  | 'TRACKER_BUSY'
  /** Nothing more can be written where the tracker is; what was acknowledged is there. */
  | 'DISK_FULL'
  /** Somebody else changed it since it was read. */
  | 'CHANGED_MEANWHILE'
  /** No request of the authority of that id. */
  | 'COMPLEMENT_UNKNOWN'
  /** The same key of a call came with something else. */
  | 'KEY_REUSED'
  /** A run of that id is here already, and is not the same. */
  | 'RUN_EXISTS'
  /** A copy is restored into an empty tracker only. */
  | 'RESTORE_NOT_EMPTY'
  /** Another version of the schema wrote the copy. */
  | 'COPY_NEWER'
  | 'COPY_BROKEN'
  /** What is imported is here already. */
  | 'CAMPAIGN_EXISTS'
  /** A declared profile is unknown, or two exclude each other. */
  | 'PROFILES_REFUSED'
  /** No campaign of that id. */
  | 'CAMPAIGN_UNKNOWN'
  /** The campaign cannot take that REM: another couloir, another wave, or the one it follows already. */
  | 'ADOPTION_REFUSED'
  /** No request for payment of that id. */
  | 'REQUEST_UNKNOWN'
  /** What is given does not go on from the history that is kept: another process wrote it meanwhile. */
  | 'REQUEST_STALE';

/** The tracker's own store cannot be used, or not in that way; never a verdict on the product. */
export class TrackerStoreError extends Error {
  readonly code: TrackerStoreCode;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: TrackerStoreCode, message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TrackerStoreError';
    this.code = code;
    this.remedy = remedy;
  }
}
