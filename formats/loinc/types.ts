/** The three exports of a laboratory system, then what the transcoder gives back for each. */
export type LoincRank = 1 | 2 | 3 | 4 | 5 | 6;

export type LoincColumnKey =
  | 'chapterCode'
  | 'chapterLabel'
  | 'subChapterCode'
  | 'subChapterLabel'
  | 'testCode'
  | 'testLabel'
  | 'synonym'
  | 'specimen'
  | 'nabm'
  | 'analysisCode'
  | 'analysisLabel'
  | 'property'
  | 'unitCode'
  | 'unitLabel'
  | 'time'
  | 'specimenCode'
  | 'specimenLabel'
  | 'scale'
  | 'method'
  | 'chapterLoinc'
  | 'chapterLoincLabel'
  | 'subChapterLoinc'
  | 'subChapterLoincLabel'
  | 'testLoinc'
  | 'testLoincLabel'
  | 'analysisLoinc'
  | 'analysisLoincLabel';

export interface LoincColumn {
  readonly key: LoincColumnKey;
  /** French, as a header may write it. */
  readonly label: string;
  readonly mandatory?: boolean;
}

export interface LoincLayout {
  readonly rank: LoincRank;
  /** French. */
  readonly title: string;
  readonly requirement: string;
  /** What the file name begins with, before `_AAAAMMJJ.csv`. */
  readonly name: string;
  /** Whether anything may stand between that and the date. */
  readonly freeName: boolean;
  /** The export that a transcoded file repeats. */
  readonly from?: LoincRank;
  /** Every column, those of the export first. */
  readonly columns: readonly LoincColumn[];
}

/** A row of data as a spreadsheet program numbers it. */
export interface LoincRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface LoincFile {
  readonly layout: LoincLayout;
  readonly separator: string;
  /** The first row, when it names the columns: no source says whether it must. */
  readonly header?: LoincRow;
  /** Blank rows left out. */
  readonly rows: readonly LoincRow[];
  /** French: what should be known of the reading. */
  readonly notes: readonly string[];
  /** Where the reading had to stop; the rows before it are there. */
  readonly stopped?: LoincFault;
}

export interface LoincFault {
  readonly row?: number;
  /** French sentences. */
  readonly message: string;
  readonly remedy: string;
}

export type LoincReading =
  | { readonly ok: true; readonly file: LoincFile }
  | { readonly ok: false; readonly fault: LoincFault };

/** What a file name says. */
export interface LoincName {
  readonly layout: LoincLayout;
  /** True when it is exactly the form that the layout asks for, with a day that exists. */
  readonly right: boolean;
  /** `YYYY-MM-DD`, of a day that exists; absent when the name has none. */
  readonly date?: string;
}
