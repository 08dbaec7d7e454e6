export type SunesErrorCode =
  | 'SUNES_HEADER'
  | 'SUNES_COLUMN_TWICE'
  | 'SUNES_CUT_SHORT'
  | 'SUNES_EMPTY'
  | 'SUNES_MISSING'
  | 'SUNES_FINESS'
  | 'SUNES_WINDOW'
  | 'SUNES_INDICATOR'
  | 'SUNES_NUMBER'
  | 'SUNES_MORE_THAN_PRODUCED'
  | 'SUNES_PREREQUISITES'
  | 'SUNES_TWICE'
  | 'SUNES_DIFFERS'
  | 'SUNES_EXTRA_CELLS';

/** One thing wrong in one row; the row is left out, the others are kept. */
export interface SunesRowError {
  readonly code: SunesErrorCode;
  /** As the spreadsheet program numbers it; 0 for the whole file. */
  readonly row: number;
  /** Letter of the column; empty when it is about the whole row. */
  readonly column: string;
  /** Header as the user wrote it. */
  readonly header: string;
  /** What was read, cut to 80 characters. */
  readonly value: string;
  /** French sentences. */
  readonly message: string;
  readonly remedy: string;
}

/** A fault of the file, or of a row as a whole. */
export function aboutFile(
  code: SunesErrorCode,
  row: number,
  { message, remedy }: Pick<SunesRowError, 'message' | 'remedy'>,
): SunesRowError {
  return { code, row, column: '', header: '', value: '', message, remedy };
}

/** A cell may hold a page: enough of it to be found again. */
export function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
