export interface Place {
  /** 0-based. */
  readonly row: number;
  readonly column: number;
}

export const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const DOLLAR = 0x24;

/** Place of `B7`, with or without `$`; undefined when there is no such cell in a sheet. */
export function placeOf(reference: string): Place | undefined {
  const length = reference.length;
  let at = reference.charCodeAt(0) === DOLLAR ? 1 : 0;
  const letters = at;
  let column = 0;
  for (; at < length; at += 1) {
    // Lower case is taken as well.
    const letter = (reference.charCodeAt(at) & ~0x20) - 0x40;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (at === letters || at > letters + 3) return undefined;
  if (reference.charCodeAt(at) === DOLLAR) at += 1;
  const figures = at;
  let row = 0;
  for (; at < length; at += 1) {
    const figure = reference.charCodeAt(at) - 0x30;
    if (figure < 0 || figure > 9) return undefined;
    row = row * 10 + figure;
  }
  if (at === figures || at > figures + 7) return undefined;
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
