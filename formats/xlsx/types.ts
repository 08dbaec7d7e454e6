export interface XlsxSheet {
  readonly name: string;
  /** Text of the cells, row by row; `rows[0]` is row 1 of the sheet, an empty cell is `''`. Rows have one length. */
  readonly rows: readonly (readonly string[])[];
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
  | 'XLSX_TOO_MANY_CELLS'
  | 'XLSX_NO_SHEET'
  | 'XLSX_UNREADABLE';

export interface XlsxFault {
  readonly code: XlsxFaultCode;
  /** French sentence: what is wrong, then what to do. */
  readonly message: string;
}

export type XlsxReading =
  | { readonly ok: true; readonly sheets: readonly XlsxSheet[] }
  | { readonly ok: false; readonly fault: XlsxFault };

/** Bounds on a workbook that nobody has vouched for. */
export interface XlsxLimits {
  /** Entries of the zip; default 500. */
  readonly maxEntries?: number;
  /** Sum of inflated sizes, bytes; default 32 MiB. */
  readonly maxTotalBytes?: number;
  /** Inflated size of one XML part, bytes; default 8 MiB. */
  readonly maxPartBytes?: number;
  /** Inflated over compressed size of one large entry; default 200. */
  readonly maxRatio?: number;
  /** Highest row number of a sheet; default 20 000. */
  readonly maxRows?: number;
  /** Highest column number of a sheet; default 256. */
  readonly maxColumns?: number;
}

/** A sheet to be written. */
export interface XlsxTable {
  /** Made acceptable when it is not: length, characters, two names alike. */
  readonly name: string;
  readonly columns: readonly XlsxColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Lines above the header, in the first column. */
  readonly title?: readonly string[];
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
