import type { LoincFile, LoincName, LoincRank } from '#formats/loinc/index.ts';

/** A file that could be read, with the name that it bears. */
export interface LoincSubject {
  readonly fileName: string;
  /** What the name says; absent when the file was told to be of that rank otherwise. */
  readonly name?: LoincName;
  readonly file: LoincFile;
}

/** LOINC codes that an examination, an analysis or a chapter of the product has. */
export interface LoincAssignment {
  readonly code: string;
  readonly label?: string;
  /** When the code was given, or changed last: ISO 8601; absent when the product does not say. */
  readonly since?: string;
}

interface Coded {
  readonly label: string;
  readonly loinc?: readonly LoincAssignment[];
}

/** The catalogue of the product, as its user sees it. */
export interface Catalogue {
  readonly chapters: readonly (Coded & {
    readonly code?: string;
    readonly subChapters: readonly (Coded & { readonly code?: string })[];
  })[];
  readonly tests: readonly (Coded & {
    readonly code: string;
    readonly chapterCode?: string;
    readonly subChapterCode?: string;
    /** Codes of its analyses. */
    readonly analyses: readonly string[];
  })[];
  readonly analyses: readonly (Coded & {
    readonly code: string;
    readonly unitLabel?: string;
    readonly specimenLabel?: string;
  })[];
}

/** What the import report of the product says of one line, for its user. */
export interface ImportAnomaly {
  readonly blocking: boolean;
  /** LOINC code that it is about. */
  readonly loinc?: string;
  /** Code of the chapter, of the examination or of the analysis in the product. */
  readonly item?: string;
  readonly message: string;
}

export interface ImportReport {
  readonly anomalies: readonly ImportAnomaly[];
}

/** A LOINC code that the bench wrote for something of the catalogue. */
export interface Given {
  readonly rank: Extract<LoincRank, 4 | 5 | 6>;
  readonly kind: 'chapter' | 'subChapter' | 'test' | 'analysis';
  /** Code of the item in the product, or its label where it has none. */
  readonly item: string;
  readonly codes: readonly string[];
}
