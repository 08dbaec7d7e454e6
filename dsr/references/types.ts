import type { Category, Wave } from '../rem/types.ts';

/** How sure a version is: `S` seen in the source, `I` inferred from sources, `U` unknown: no version is then given. */
export type VersionMark = 'S' | 'I' | 'U';

/** A document ("référentiel") that requirements rest on. */
export interface Reference {
  /** Short id that the catalogue cites. */
  readonly id: string;
  /** Official name, in French. */
  readonly name: string;
  readonly publisher: string;
  /** One entry per wave, and one more for each category that has its own version in that wave. */
  readonly versions: readonly WaveVersion[];
  /** Versions published afterwards, which no known list of requirements names yet. */
  readonly later?: readonly LaterVersion[];
}

/** The version that a wave asks for. `version`, `source` are absent exactly when `mark` is `U`. */
export interface WaveVersion {
  readonly wave: Wave;
  /** Present when the version is that of one category only. */
  readonly category?: Category;
  readonly version?: string;
  /** Date of the version when known: a day, a month or a year, as ISO writes them. */
  readonly date?: string;
  /** The version named or any that follows. */
  readonly orLater?: boolean;
  readonly mark: VersionMark;
  /** Key of `ReferenceData.sources`. */
  readonly source?: string;
  readonly note?: string;
}

export interface LaterVersion {
  readonly version: string;
  readonly date?: string;
  readonly mark: VersionMark;
  readonly source: string;
  readonly note?: string;
}

/** Where a version was read; the date is that of the document when known: a day, a month, a year or a span. */
export interface ReferenceSource {
  readonly document: string;
  readonly date?: string;
}

/** Content of `versions.json`. */
export interface ReferenceData {
  readonly sources: Readonly<Record<string, ReferenceSource>>;
  readonly references: readonly Reference[];
}

/** A version that is known: what `referenceVersion` gives. */
export interface ApplicableVersion {
  readonly version: string;
  readonly date?: string;
  readonly orLater?: boolean;
  readonly mark: Exclude<VersionMark, 'U'>;
  readonly source: ReferenceSource;
  readonly note?: string;
}
