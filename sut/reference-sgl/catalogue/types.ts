/** A LOINC code, and when it was given or changed. */
export interface Assigned {
  code: string;
  label: string;
  since: Date;
}

/** Anything of the catalogue that LOINC has a code for. */
export interface Coded {
  readonly code: string;
  readonly label: string;
  loinc?: Assigned;
}

export interface SubChapter extends Coded {}

export interface Chapter extends Coded {
  readonly subChapters: readonly SubChapter[];
}

export interface Test extends Coded {
  readonly synonym: string;
  readonly chapterCode: string;
  readonly subChapterCode: string;
  readonly specimen: string;
  readonly nabm: string;
  readonly analyses: readonly string[];
}

export interface Analysis extends Coded {
  readonly synonym: string;
  readonly property: string;
  readonly unitCode: string;
  readonly unitLabel: string;
  readonly time: string;
  readonly specimenCode: string;
  readonly specimenLabel: string;
  readonly scale: string;
  readonly method: string;
  readonly nabm: string;
}

export type CodedKind = 'chapter' | 'subChapter' | 'test' | 'analysis';

/** A line of the import report. */
export interface Anomaly {
  blocking: boolean;
  loinc?: string;
  item?: string;
  message: string;
}

export interface ImportedFile {
  anomalies: Anomaly[];
  report: string;
}
