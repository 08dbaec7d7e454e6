import bwip from 'bwip-js/generic';
import PDFDocument from 'pdfkit';

export type Document = InstanceType<typeof PDFDocument>;

/** A document drawn by `draw`; for tests. */
export async function drawnPdf(
  draw: (document: Document) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', ...options });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on('end', resolve));
  draw(document);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Modules of a Data Matrix symbol, line by line; true is black. */
export function modulesOf(message: string): readonly (readonly boolean[])[] {
  const [symbol] = bwip.raw('datamatrix', message, {}) as { pixs: number[]; pixx: number; pixy: number }[];
  if (!symbol) throw new Error('no symbol');
  return Array.from({ length: symbol.pixy }, (_, row) =>
    Array.from({ length: symbol.pixx }, (_, column) => symbol.pixs[row * symbol.pixx + column] === 1),
  );
}

/** Draws a symbol in vectors, its top left corner at (x, y), in points. */
export function drawModules(document: Document, message: string, x: number, y: number, module = 1.2): void {
  for (const [row, columns] of modulesOf(message).entries()) {
    for (const [column, black] of columns.entries()) {
      if (black) document.rect(x + column * module, y + row * module, module, module);
    }
  }
  document.fill('black');
}

/** A page that shows one image of a symbol, as an XObject or inline in the content; 8 bits per pixel, uncompressed. */
export function imagePdf(message: string, inline: boolean, objects = ''): Buffer {
  const modules = modulesOf(message);
  const size = modules.length + 4;
  const pixels = Buffer.alloc(size * size, 255);
  for (const [row, columns] of modules.entries()) {
    for (const [column, black] of columns.entries()) if (black) pixels[(row + 2) * size + column + 2] = 0;
  }
  const place = 'q 70 0 0 70 400 700 cm';
  const content = inline
    ? `${place} BI /W ${size} /H ${size} /BPC 8 /CS /G /F /AHx ID ${pixels.toString('hex')}> EI Q`
    : `${place} /I Do Q`;
  const image = pixels.toString('latin1');
  return Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
      '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
      '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /I 6 0 R >> >> >> endobj',
      `5 0 obj << /Length ${content.length} >> stream\n${content}\nendstream endobj`,
      `6 0 obj << /Type /XObject /Subtype /Image /Width ${size} /Height ${size} /BitsPerComponent 8 /ColorSpace /DeviceGray /Length ${image.length} >> stream\n${image}\nendstream endobj`,
      objects,
      'trailer << /Root 1 0 R >>\n%%EOF\n',
    ].join('\n'),
    'latin1',
  );
}
