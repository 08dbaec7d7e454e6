import { readBook } from './book.ts';
import { Budget } from './budget.ts';
import { MAX_CELL_TEXT } from './cell-text.ts';
import { clipMerges } from './merges.ts';
import { openPackage } from './package.ts';
import type { XlsxPackage } from './package.ts';
import { XlsxRefusal, reasonOf } from './refusal.ts';
import { SheetReader } from './sheet.ts';
import type { SheetContext } from './sheet.ts';
import { readStrings } from './strings.ts';
import { readStyles } from './styles.ts';
import type { XlsxLimits, XlsxNote, XlsxReading, XlsxSheet } from './types.ts';

/**
 * Reads the cells of a workbook as text: what a person sees, as far as identifiers depend on it. Booleans are `TRUE` and
 * `FALSE`, a date is `AAAA-MM-JJ` (` HH:MM` behind when it has a time), an error is its code (`#N/A`), a formula is the
 * value that the file keeps, never computed. Hidden sheets and rows are read like others; protection does not hinder
 * reading; macros are left where they are, with a note.
 *
 * @param bytes a `.xlsx` or `.xlsm` file; anything else is a fault, never an exception
 * @param limits bounds, for tests and for callers who know their files
 * @returns sheets in workbook order with their row numbers kept, or the fault in French
 */
export async function readWorkbook(bytes: Uint8Array, limits: XlsxLimits = {}): Promise<XlsxReading> {
  try {
    const opened = await openPackage(bytes, limits);
    const book = await readBook(opened, limits);
    const strings = book.strings === undefined ? { texts: [], cut: 0 } : await readStrings(opened, book.strings);
    const styles = book.styles === undefined ? [] : await readStyles(opened, book.styles);
    const budget = new Budget(limits);
    let { cut } = strings;
    const sheets: XlsxSheet[] = [];
    for (const { name, part } of book.sheets) {
      const context = { name, strings: strings.texts, styles, from1904: book.from1904, budget };
      const { sheet, cuts } = await readSheet(opened, part, context);
      sheets.push(sheet);
      cut += cuts;
    }
    return { ok: true, sheets, notes: notesOf(opened, cut) };
  } catch (error) {
    if (error instanceof XlsxRefusal) return { ok: false, fault: error.fault };
    return {
      ok: false,
      fault: {
        code: 'XLSX_UNREADABLE',
        message: 'Le classeur est endommagé. Ouvrez-le dans un tableur et réenregistrez-le au format .xlsx.',
        detail: reasonOf(error),
      },
    };
  }
}

async function readSheet(
  opened: XlsxPackage,
  part: string,
  context: SheetContext,
): Promise<{ readonly sheet: XlsxSheet; readonly cuts: number }> {
  const reader = new SheetReader(context);
  await opened.walk(part, reader);
  const rows = reader.grid();
  const merges = clipMerges(reader.merges, context.name, reader.height, reader.width);
  return { sheet: { name: context.name, rows, merges, formulas: reader.formulas }, cuts: reader.cut };
}

function notesOf(opened: XlsxPackage, cut: number): readonly XlsxNote[] {
  const notes: XlsxNote[] = [];
  if (opened.names.some((name) => /(^|\/)vbaProject\.bin$/i.test(name))) {
    notes.push({
      code: 'XLSX_MACROS_IGNORED',
      message: 'Le classeur contient des macros : elles ne sont ni lues ni exécutées, seules les cellules comptent.',
    });
  }
  if (cut > 0) {
    notes.push({
      code: 'XLSX_TEXT_CUT',
      message: `${cut > 1 ? `${cut.toLocaleString('fr-FR')} textes dépassent` : 'Un texte dépasse'} ${MAX_CELL_TEXT.toLocaleString('fr-FR')} caractères, le maximum d'une cellule : la fin n'est pas lue.`,
    });
  }
  return notes;
}
