import { LAST_ROW, placeOf } from './reference.ts';
import { XlsxRefusal } from './refusal.ts';
import type { XlsxMerge } from './types.ts';

/** Merged cells from `ref`: `A1:B3`, or whole columns and rows (`A:C`, `2:2`); undefined when it is none. */
export function mergeOf(reference: string): XlsxMerge | undefined {
  const [start = '', end = start] = reference.split(':');
  const [from, to] = /^\$?[A-Z]+$/i.test(start)
    ? [`${start}1`, `${end}${LAST_ROW}`]
    : /^\$?\d+$/.test(start)
      ? [`A${start}`, `XFD${end}`]
      : [start, end];
  const first = placeOf(from);
  const last = placeOf(to);
  if (first === undefined || last === undefined || first.row > last.row || first.column > last.column) return undefined;
  return { top: first.row, left: first.column, bottom: last.row, right: last.column };
}

/**
 * Merges within the rows and columns that hold something: a title merged up to the last column of the sheet ends where
 * the table ends, one that keeps a single cell is none.
 *
 * @throws XlsxRefusal when two of them share a cell: which one a value belongs to cannot be told
 */
export function clipMerges(
  merges: readonly XlsxMerge[],
  sheet: string,
  rows: number,
  columns: number,
): readonly XlsxMerge[] {
  const taken = new Uint8Array(rows * columns);
  return merges.flatMap(({ top, left, bottom, right }) => {
    const clipped = { top, left, bottom: Math.min(bottom, rows - 1), right: Math.min(right, columns - 1) };
    if (top > clipped.bottom || left > clipped.right) return [];
    for (let row = top; row <= clipped.bottom; row += 1) {
      const from = row * columns + left;
      const to = row * columns + clipped.right + 1;
      // Each cell is painted once at most: the time is that of the sheet, however many merges claim it.
      if (taken.subarray(from, to).includes(1)) throw overlap(sheet);
      taken.fill(1, from, to);
    }
    return top === clipped.bottom && left === clipped.right ? [] : [clipped];
  });
}

function overlap(sheet: string): XlsxRefusal {
  return new XlsxRefusal(
    'XLSX_OVERLAPPING_MERGES',
    `Des cellules fusionnées se recouvrent dans la feuille « ${sheet} ». Ouvrez le classeur dans un tableur, ` +
      'acceptez la réparation et réenregistrez-le.',
  );
}
