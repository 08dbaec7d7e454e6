import { attribute, descendants } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';

export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Highest row and column numbers that a sheet claims, read from the references of its rows and cells.
 *
 * The workbook reader fills every gap up to a reference with empty cells, so that two cells are enough to ask for
 * sixteen thousand million of them: the claim is bounded before it is given the sheet.
 *
 * @param sheet root of a `worksheets/sheetN.xml` part
 * @returns undefined when a reference is not one
 */
export function extentOf(sheet: XmlElement): Extent | undefined {
  let rows = 0;
  let columns = 0;
  for (const element of [...descendants(sheet, 'row'), ...descendants(sheet, 'c')]) {
    const written = attribute(element, 'r');
    if (written === undefined) continue;
    const reference = /^([A-Z]{0,3})(\d{1,7})$/u.exec(written);
    if (reference === null) return undefined;
    rows = Math.max(rows, Number(reference[2]));
    columns = Math.max(columns, columnNumber(reference[1] ?? ''));
  }
  return { rows, columns };
}

/** Number of a column from its letters: `A` is 1, `AA` is 27, none is 0. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + (letter.charCodeAt(0) - 64);
  return number;
}
