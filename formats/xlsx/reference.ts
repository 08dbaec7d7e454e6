export interface Place {
  /** 0-based. */
  readonly row: number;
  readonly column: number;
}

export const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/** Place of `B7`, with or without `$`; undefined when there is no such cell in a sheet. */
export function placeOf(reference: string): Place | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (match === null) return undefined;
  let column = 0;
  for (const letter of (match[1] ?? '').toUpperCase()) column = column * 26 + (letter.charCodeAt(0) - 64);
  const row = Number(match[2]);
  return row >= 1 && row <= LAST_ROW && column <= LAST_COLUMN ? { row: row - 1, column: column - 1 } : undefined;
}

/** 0-based number of a row from its `r`; undefined when it is none. */
export function rowOf(reference: string): number | undefined {
  const row = /^\d{1,7}$/.test(reference) ? Number(reference) : 0;
  return row >= 1 && row <= LAST_ROW ? row - 1 : undefined;
}

/** `B7` from 0-based numbers. */
export function referenceOf(row: number, column: number): string {
  return `${columnLetters(column + 1)}${row + 1}`;
}

/** Letters of a column from its 1-based number: 1 is `A`, 27 is `AA`. */
export function columnLetters(number: number): string {
  const letter = String.fromCharCode(65 + ((number - 1) % 26));
  return number <= 26 ? letter : `${columnLetters(Math.floor((number - 1) / 26))}${letter}`;
}
