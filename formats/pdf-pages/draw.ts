import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { PDFiumDocument } from '@hyzyla/pdfium';
import { loadDecoder, readSymbols, type SymbolsSeen } from './symbols.ts';
import type { DrawnPage, DrawnPages } from './types.ts';

/** Points of PDF in an inch. */
const POINTS = 72;
/** Dots per inch, from what reads most symbols to what reads the smallest. */
const DENSITIES = [200, 300, 450] as const;
/** Pages drawn again more finely, when no symbol was read anywhere. */
const MAX_FINE_PAGES = 10;
const MAX_PIXELS = 24_000_000;
const MAX_TEXT = 200_000;

/** @throws {Error} what the library says of a file that it cannot open */
export async function drawPages(bytes: Uint8Array, maxPages: number, refusals: () => number): Promise<DrawnPages> {
  const [library] = await Promise.all([PDFiumLibrary.init(), loadDecoder()]);
  const document = await library.loadDocument(bytes);
  const pageCount = document.getPageCount();
  const pages: DrawnPage[] = [];
  for (let index = 0; index < Math.min(pageCount, maxPages); index += 1) {
    const before = refusals();
    const drawn = await drawOne(document, index);
    pages.push({ number: index + 1, ...drawn, partial: drawn.partial || refusals() > before });
  }
  return { ok: true, pages: await drawnFinely(document, pages, refusals), pageCount };
}

/** A page that cannot be drawn does not hide the others; a library that crashed is of no use any more. */
async function drawOne(document: PDFiumDocument, index: number): Promise<Omit<DrawnPage, 'number'>> {
  try {
    const text = document.getPage(index).getText().slice(0, MAX_TEXT);
    const { read, unreadable } = await symbolsOf(document, index, DENSITIES[0]);
    return { text, symbols: read, unreadableSymbols: unreadable, partial: false };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return { text: '', symbols: [], unreadableSymbols: 0, partial: true };
  }
}

/** The same pages, with what only a finer drawing shows, when nothing was read or something could not be. */
async function drawnFinely(
  document: PDFiumDocument,
  pages: readonly DrawnPage[],
  refusals: () => number,
): Promise<readonly DrawnPage[]> {
  const drawn = [...pages];
  for (const [rank, density] of DENSITIES.slice(1).entries()) {
    const nothing = drawn.every(({ symbols }) => symbols.length === 0);
    for (const [index, page] of drawn.slice(0, MAX_FINE_PAGES).entries()) {
      if (page.partial || (!nothing && page.unreadableSymbols === 0)) continue;
      // A page too large for this density was already drawn as finely as it may be.
      if (scaleOf(document, index, density) === scaleOf(document, index, DENSITIES[rank] ?? density)) continue;
      const before = refusals();
      const { read, unreadable } = await symbolsOf(document, index, density);
      const better = read.length > page.symbols.length || (page.symbols.length === 0 && unreadable > 0);
      drawn[index] = {
        ...page,
        ...(better ? { symbols: read, unreadableSymbols: unreadable } : {}),
        partial: page.partial || refusals() > before,
      };
    }
  }
  return drawn;
}

async function symbolsOf(document: PDFiumDocument, index: number, density: number): Promise<SymbolsSeen> {
  const scale = scaleOf(document, index, density);
  // Drawing a page closes it.
  const page = document.getPage(index);
  const { data, width, height } = await page.render({ scale, render: 'bitmap', colorSpace: 'Gray' });
  return readSymbols(data, width, height);
}

/** Pixels in a point: what the density asks for, less on a page too large for it. */
function scaleOf(document: PDFiumDocument, index: number, density: number): number {
  const { originalWidth, originalHeight } = document.getPage(index).getOriginalSize();
  const area = Math.max(1, originalWidth * originalHeight);
  return Math.min(density / POINTS, Math.sqrt(MAX_PIXELS / area));
}
