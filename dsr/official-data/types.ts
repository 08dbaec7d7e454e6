/** Which edition of a table of official figures was used: named in every output that follows from it. */
export interface DataVersion {
  /** Edition, e.g. `jalon-2026.11` for what is shipped, or the name that the user gave to his. */
  readonly version: string;
  /** Documents it was read from, in French. */
  readonly source: string;
  /** Path that the user gave; absent for what is shipped. */
  readonly file?: string;
}

/** How sure a figure is: read in a source, deduced from several, or not found. */
export type Confidence = 'seen' | 'inferred' | 'unknown';

/** One thing wrong in a file of official figures. */
export interface DataProblem {
  readonly code: string;
  /** JSON path in the user's file, e.g. `/milestones/3/date`; empty for the whole document. */
  readonly path: string;
  /** French sentences. */
  readonly message: string;
  readonly remedy: string;
}

export type DataReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };
