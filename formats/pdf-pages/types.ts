/** What one page shows, once drawn. */
export interface DrawnPage {
  /** From 1. */
  readonly number: number;
  /** Its text layer; empty when it only shows images. */
  readonly text: string;
  /** Messages of the Data Matrix symbols that could be read. */
  readonly symbols: readonly Uint8Array[];
  /** Symbols whose frame was seen and whose message could not be read. */
  readonly unreadableSymbols: number;
  /** The memory that it asked for was refused: something may be missing from the drawing. */
  readonly partial: boolean;
}

export interface PagesFault {
  readonly code: 'PAGES_TIMEOUT' | 'PAGES_PASSWORD' | 'PAGES_UNREADABLE' | 'PAGES_CRASHED';
  /** French sentence. */
  readonly message: string;
}

export interface DrawnPages {
  readonly ok: true;
  readonly pages: readonly DrawnPage[];
  /** Of the file; more than `pages` when it has more than the bench draws. */
  readonly pageCount: number;
}

export type PagesReading = DrawnPages | { readonly ok: false; readonly fault: PagesFault };

export interface PagesLimits {
  /** For the whole file, milliseconds. */
  readonly timeoutMs?: number;
  /** Of each of the two libraries, bytes. */
  readonly maxMemory?: number;
  readonly maxPages?: number;
}

/** What the thread is given. */
export interface PagesTask {
  readonly bytes: Uint8Array;
  readonly maxMemory: number;
  readonly maxPages: number;
}

/** What the thread that reads texts is given. */
export interface TextTask {
  readonly bytes: Uint8Array;
  readonly maxPages: number;
}

export type TextAnswer =
  | { readonly ok: true; readonly pages: readonly string[]; readonly pageCount: number }
  | { readonly ok: false; readonly code: PagesFault['code'] };
