import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A page of text as PDF/A-1b: font embedded, nothing active. The library is loaded at the first page only: most starts of
 * the bench write none.
 * @param lines title first
 */
export async function writePdf(lines: readonly string[], at: Date): Promise<Uint8Array> {
  const { default: PdfDocument } = await import('pdfkit');
  const [title = ''] = lines;
  const page = new PdfDocument({
    subset: 'PDF/A-1b',
    pdfVersion: '1.4',
    size: 'A4',
    lang: 'fr-FR',
    // Else a standard font that is not embedded comes first, which PDF/A forbids.
    font: '',
    // The title goes to the XMP as it is, and must be the same in both places: nothing that XML escapes.
    info: { Title: title.replaceAll(/[&<>]/gu, ' '), CreationDate: at },
  });
  page.registerFont('regular', require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')).font('regular');
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    page.on('end', resolve);
    page.on('error', reject);
  });
  for (const [rank, line] of lines.entries()) page.fontSize(rank === 0 ? 15 : 11).text(line, { paragraphGap: 6 });
  page.end();
  await ended;
  return Buffer.concat(chunks);
}
