export interface XlsxSheet {
  readonly name: string;
  /** Text of the cells, row by row; `rows[0]` is row 1 of the sheet, an empty cell is `''`. Rows have one length. */
  readonly rows: readonly (readonly string[])[];
  /**
   * Merged cells, within `rows`; no two share a cell. The text stands in the first one, the others are as the file has
   * them: empty, as a rule.
   */
  readonly merges: readonly XlsxMerge[];
  /** Cells whose text is the kept value of a formula, or `''` when the file keeps none. */
  readonly formulas: readonly XlsxFormula[];
}

/** 0-based, both ends included. */
export interface XlsxMerge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface XlsxFormula {
  /** 0-based, as is `column`. */
  readonly row: number;
  readonly column: number;
  /** First 100 characters; empty for a cell that shares the formula of another. */
  readonly formula: string;
  /** Whether the file keeps a value for it; without, the cell reads as empty until a spreadsheet program calculates it. */
  readonly value: boolean;
}

export type XlsxFaultCode =
  | 'XLSX_EMPTY'
  | 'XLSX_NOT_A_ZIP'
  /** Protected by a password: the whole file is an encrypted container. */
  | 'XLSX_ENCRYPTED'
  /** `.xls`, the binary format that came before. */
  | 'XLSX_OLD_FORMAT'
  | 'XLSX_TOO_MANY_ENTRIES'
  | 'XLSX_TOO_LARGE'
  | 'XLSX_RATIO'
  /** A zip, but not of a workbook. */
  | 'XLSX_NOT_A_WORKBOOK'
  | 'XLSX_TOO_MANY_SHEETS'
  | 'XLSX_TOO_MANY_CELLS'
  | 'XLSX_TOO_MANY_FORMULAS'
  | 'XLSX_TOO_MANY_MERGES'
  | 'XLSX_OVERLAPPING_MERGES'
  /** Values come from another file, another program or the network. */
  | 'XLSX_EXTERNAL_LINK'
  | 'XLSX_NO_SHEET'
  | 'XLSX_UNREADABLE';

export interface XlsxFault {
  readonly code: XlsxFaultCode;
  /** French sentences: what is wrong, then what to do. */
  readonly message: string;
  /** What a library said of it, in its own words. */
  readonly detail?: string;
}

/** Something of the workbook that is not in the cells given, without hindering their reading. */
export interface XlsxNote {
  readonly code: 'XLSX_MACROS_IGNORED' | 'XLSX_TEXT_CUT';
  /** French sentence. */
  readonly message: string;
}

export type XlsxReading =
  | { readonly ok: true; readonly sheets: readonly XlsxSheet[]; readonly notes: readonly XlsxNote[] }
  | { readonly ok: false; readonly fault: XlsxFault };

/** Bounds on a workbook that nobody has vouched for. Cells without text count nowhere, however far formatting goes. */
export interface XlsxLimits {
  /** Entries of the zip; default 500. */
  readonly maxEntries?: number;
  /** Sum of inflated sizes, bytes, a part read twice counting twice; default 64 MiB. */
  readonly maxTotalBytes?: number;
  /** Inflated size of one XML part, bytes; default 24 MiB. */
  readonly maxPartBytes?: number;
  /** Inflated over compressed size of one large entry; default 200. */
  readonly maxRatio?: number;
  /** Sheets with cells; default 100. */
  readonly maxSheets?: number;
  /** Highest row number of a text; default 20 000. */
  readonly maxRows?: number;
  /** Highest column number of a text; default 256. */
  readonly maxColumns?: number;
  /** Rows by columns, over all sheets; default 800 000: 20 000 rows of 40 columns. */
  readonly maxCells?: number;
  /** Characters over all cells; default 16 Mi. */
  readonly maxText?: number;
  /** XML elements over all the parts that are read; default 4 000 000. */
  readonly maxElements?: number;
  /** Cells with a formula, over all sheets; default 1 000. */
  readonly maxFormulas?: number;
  /** Merges over all sheets; default 20 000. */
  readonly maxMerges?: number;
}

/** A sheet to be written. */
export interface XlsxTable {
  /** Made acceptable when it is not: length, characters, two names alike. */
  readonly name: string;
  readonly columns: readonly XlsxColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Lines above the header, in the first column. */
  readonly title?: readonly string[];
  /** First columns that stay in view beside the header row; default none. */
  readonly frozenColumns?: number;
}

export interface XlsxColumn {
  readonly header: string;
  /** In characters; from the texts when absent. */
  readonly width?: number;
  /** Tone of the header: a column of the official layout, or one of ours. Default official. */
  readonly group?: 'official' | 'added';
}

/** A text that was too long for a cell. */
export interface XlsxCut {
  readonly sheet: string;
  /** 0-based, as are the rows that `readWorkbook` gives. */
  readonly row: number;
  readonly column: number;
  /** Length before the cut. */
  readonly length: number;
}
