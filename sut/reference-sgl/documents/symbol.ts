import bwip from 'bwip-js/generic';
import type PDFDocument from 'pdfkit';

type Page = InstanceType<typeof PDFDocument>;

/** Side of a module in points: a third of a millimetre, what hand readers want on paper. */
const MODULE = 1;
/** White modules around the symbol. */
const QUIET = 2;

/** Draws a Data Matrix symbol in vectors, its white margin against the corner given, in points. */
export function drawSymbol(page: Page, message: string, corner: { right: number; top: number }): void {
  const [symbol] = bwip.raw('datamatrix', message, {});
  if (!symbol || !('pixs' in symbol)) throw new Error('symbole Data Matrix non calculé');
  const { pixs, pixx, pixy } = symbol;
  const left = corner.right - (pixx + QUIET) * MODULE;
  const top = corner.top + QUIET * MODULE;
  for (let row = 0; row < pixy; row += 1) {
    for (let column = 0; column < pixx; column += 1) {
      if (pixs[row * pixx + column] === 1) page.rect(left + column * MODULE, top + row * MODULE, MODULE, MODULE);
    }
  }
  page.fill('black');
}
