import type { XlsxSheet } from '#formats/xlsx/index.ts';

/** A header spread over more rows is a text of the sheet. */
const MAX_HEIGHT = 5;

/** Nobody's header row has more columns than a sheet that the workbook reader accepts. */
const COLUMNS = 1024;

/** What merged cells say of the cells of a header row that has others above it. */
export interface HeaderMerges {
  /** Text of the cell that a merge spreads down to this one; empty when none does. */
  readonly spread: (row: number, column: number) => string;
  /** Text of the group of columns right above this cell; empty when it stands under none. */
  readonly group: (row: number, column: number) => string;
}

/**
 * Texts that merges give to the cells under the first one.
 *
 * @param rows how many rows of the sheet may hold a header
 */
export function headerMerges(sheet: XlsxSheet, rows: number): HeaderMerges {
  const spreads = new Map<number, string>();
  const groups = new Map<number, string>();
  for (const { top, left, bottom, right } of sheet.merges) {
    if (top >= rows || bottom - top >= MAX_HEIGHT) continue;
    const text = (sheet.rows[top]?.[left] ?? '').trim();
    if (text === '') continue;
    for (let row = top + 1; row <= bottom; row += 1) spreads.set(row * COLUMNS + left, text);
    if (right === left) continue;
    for (let column = left; column <= right; column += 1) groups.set((bottom + 1) * COLUMNS + column, text);
  }
  return {
    spread: (row, column) => spreads.get(row * COLUMNS + column) ?? '',
    group: (row, column) => groups.get(row * COLUMNS + column) ?? '',
  };
}
