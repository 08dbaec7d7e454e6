// Neither a tag nor a quoted value may hold '<' in well-formed XML: each attempt stops there, so the scan is linear.
const CELL_OR_ROW = /<(?:[\w.-]+:)?(?:row|c)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/gu;
const REFERENCE = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/u;

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
 * @param xml text of a `worksheets/sheetN.xml` part
 * @returns undefined when a reference is not one (character references and such have no place there)
 */
export function extentOf(xml: string): Extent | undefined {
  let rows = 0;
  let columns = 0;
  for (const tag of xml.matchAll(CELL_OR_ROW)) {
    const found = REFERENCE.exec(tag[1] ?? '');
    if (found === null) continue;
    const reference = /^([A-Z]{0,3})(\d{1,7})$/u.exec(found[1] ?? found[2] ?? '');
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
