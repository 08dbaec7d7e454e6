export interface ZipEntry {
  /** Full name in the archive, `/` as separator. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file of the archive that has not been inflated yet. */
export interface ZipFileEntry {
  readonly name: string;
  /** Inflated size that the directory announces; inflating stops above it. */
  readonly size: number;
  /** Inflates the file; rejects when its data are damaged or longer than announced. */
  readonly read: () => Promise<Uint8Array>;
}

/** An entry that is left out, and why; the others can be read. */
export interface ZipProblem {
  readonly code:
    | 'ZIP_ENTRY_PATH'
    | 'ZIP_ENTRY_ENCRYPTED'
    | 'ZIP_ENTRY_DUPLICATE'
    | 'ZIP_ENTRY_METHOD'
    | 'ZIP_ENTRY_UNREADABLE';
  /** Name of the entry. */
  readonly where: string;
  /** French sentence. */
  readonly message: string;
  /** What a library said of it, in its own words. */
  readonly detail?: string;
}

export interface ZipFault {
  readonly code: 'ZIP_EMPTY' | 'ZIP_NOT_A_ZIP' | 'ZIP_TOO_MANY_ENTRIES' | 'ZIP_TOO_LARGE' | 'ZIP_RATIO';
  /** French sentence. */
  readonly message: string;
  /** What a library said of it, in its own words. */
  readonly detail?: string;
}

export type ZipOpening =
  | { readonly ok: true; readonly files: readonly ZipFileEntry[]; readonly problems: readonly ZipProblem[] }
  | { readonly ok: false; readonly fault: ZipFault };

export type ZipReading =
  | { readonly ok: true; readonly entries: readonly ZipEntry[]; readonly problems: readonly ZipProblem[] }
  | { readonly ok: false; readonly fault: ZipFault };

export interface ZipLimits {
  /** Entries of the directory; default 500. */
  readonly maxEntries?: number;
  /** Sum of the announced inflated sizes, bytes; default 128 MiB. */
  readonly maxTotalBytes?: number;
  /** Inflated size over compressed size, looked at from 4 MiB; default 200. */
  readonly maxRatio?: number;
}
