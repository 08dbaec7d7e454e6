import type { Exchange, Service } from '#formats/exchange/index.ts';

export interface JournalQuery {
  readonly service?: Service;
  readonly operation?: string;
  /**
   * Only exchanges whose attribution names this patient key, INS, mailbox, professional or document id, or whose client
   * certificate has this serial number or common name.
   */
  readonly about?: string;
  /** False: only what no mock recognised. */
  readonly expected?: boolean;
  /** Id of an exchange: only those recorded after it. */
  readonly since?: string;
}

/** A body that goes to the folder of the journal as it arrives. */
export interface BodySpool {
  /** In bytes, so far. */
  readonly size: number;
  /** @throws the error of the file system, disk full among them */
  append(chunk: Uint8Array): void;
  /**
   * A fresh copy of some of the bytes, all of them by default; also once the exchange is recorded.
   * @throws when the file was taken away
   */
  read(start?: number, end?: number): Uint8Array<ArrayBuffer>;
  /** Throws away what was never recorded; may be called again, and does nothing to what was. */
  discard(): void;
}

/**
 * Every exchange of the bench, raw, in order of arrival. With a folder, each exchange is on disk before the mock
 * answers it, so that a killed bench loses nothing that crossed the wire.
 */
export interface Journal {
  /** Keeps the exchange and wakes those who wait for it. */
  record(exchange: Exchange, requestBody?: BodySpool): void;
  /**
   * Opens a body to be given to `record`: the request body of an HTTP exchange, whose own `body` is then not looked at.
   * Absent when the journal has no folder.
   */
  readonly spool?: () => BodySpool;
  list(query?: JournalQuery): readonly Exchange[];
  /** Id to pass as `since` so that a later query sees only what is new; empty string when nothing was recorded. */
  mark(): string;
  /**
   * Resolves with the first exchange that matches, recorded before or after the call.
   * @throws {JournalTimeout} after `timeoutMs`
   */
  waitFor(query: JournalQuery, timeoutMs: number): Promise<Exchange>;
  clear(): void;
}
