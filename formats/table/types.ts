/** A row as a spreadsheet program numbers it. */
export interface TableRow {
  /** 1-based, blank rows counted; a CSV cell that holds line breaks is still one row. */
  readonly row: number;
  readonly cells: readonly string[];
}

export type TableNoteCode = 'TABLE_WINDOWS_1252' | 'TABLE_UTF_16' | 'TABLE_NOTE';

/** Something that the user should know of the reading, which hindered nothing. */
export interface TableNote {
  readonly code: TableNoteCode;
  /** French sentence. */
  readonly message: string;
}

/** A sheet, or a whole CSV file. */
export interface TextTable {
  /** Name of the sheet; empty for CSV. */
  readonly name: string;
  readonly rows: readonly TableRow[];
  /** Character between the cells; CSV only. */
  readonly separator?: string;
  /** Where the reading had to stop: the rows before it are given. */
  readonly stopped?: TableFault;
}

export interface TableFault {
  readonly code: string;
  /** Row at fault, when it is known. */
  readonly row?: number;
  /** French sentences. */
  readonly message: string;
  readonly remedy: string;
}

export type TablesReading =
  | {
      readonly ok: true;
      readonly form: 'csv' | 'xlsx';
      readonly tables: readonly TextTable[];
      readonly notes: readonly TableNote[];
    }
  | { readonly ok: false; readonly fault: TableFault };

/** Text of bytes, and what was seen of their encoding. */
export type TextReading =
  | { readonly ok: true; readonly text: string; readonly notes: readonly TableNote[] }
  | { readonly ok: false; readonly fault: TableFault };
