/** LOINC code of an element of the catalogue. */
export interface LoincAssignment {
  readonly code: string;
  readonly label?: string;
  /** Day or instant at which it was given, or changed last. */
  readonly since?: string;
}

/** The catalogue of analyses, as the product shows it to its user. */
export interface LoincCatalogue {
  readonly chapters: readonly {
    readonly code?: string;
    readonly label: string;
    readonly loinc?: readonly LoincAssignment[];
    readonly subChapters: readonly {
      readonly code?: string;
      readonly label: string;
      readonly loinc?: readonly LoincAssignment[];
    }[];
  }[];
  readonly tests: readonly {
    readonly code: string;
    readonly label: string;
    readonly chapterCode?: string;
    readonly subChapterCode?: string;
    readonly analyses: readonly string[];
    readonly loinc?: readonly LoincAssignment[];
  }[];
  readonly analyses: readonly {
    readonly code: string;
    readonly label: string;
    readonly unitLabel?: string;
    readonly specimenLabel?: string;
    readonly loinc?: readonly LoincAssignment[];
  }[];
}

/** What came of an import of a transcoded file. */
export interface LoincImport {
  readonly anomalies: readonly {
    readonly blocking: boolean;
    /** LOINC code that it is about. */
    readonly loinc?: string;
    /** Code of the element in the product, or its label. */
    readonly item?: string;
    readonly message: string;
  }[];
  /** As shown to the user. */
  readonly report: string;
}
