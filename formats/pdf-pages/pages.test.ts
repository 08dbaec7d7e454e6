import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPdfPages } from './index.ts';
import type { DrawnPage, PagesLimits } from './index.ts';
import { drawModules, drawnPdf, imagePdf } from './pages.fixture.ts';
import type { Document } from './pages.fixture.ts';

/** As long as the message of an INS datamatrix, with a group separator. */
const MESSAGE = 'IS010000000000000000000000S1101066322083675S21.2.250.1.213.1.4.10\u001DS3PIERRE-ALAIN S4HERAULT';

async function pagesOf(bytes: Uint8Array, limits?: PagesLimits): Promise<readonly DrawnPage[]> {
  const reading = await readPdfPages(bytes, limits);
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.pages;
}

async function symbolsOf(bytes: Uint8Array): Promise<readonly string[]> {
  return (await pagesOf(bytes)).flatMap(({ symbols }) => symbols.map((one) => Buffer.from(one).toString('latin1')));
}

const lines = (document: Document): void => {
  for (let line = 0; line < 40; line += 1) document.fontSize(10).text(`Analyse n° ${line}   5,1 mUI/L   0,27 - 4,20`);
};

/** A file whose page shows `content`, with objects from 6. */
function page(content: string, resources: string, objects: string): Buffer {
  return Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
      '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
      `3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << ${resources} >> >> endobj`,
      `5 0 obj << /Length ${content.length} >> stream\n${content}\nendstream endobj`,
      objects,
      'trailer << /Root 1 0 R >>\n%%EOF\n',
    ].join('\n'),
    'latin1',
  );
}

describe('symbols', () => {
  it.each([
    ['top right, among text', 470, 40, 1.4],
    ['bottom left, small', 40, 740, 0.9],
    ['in the middle of the text', 250, 400, 1.2],
    ['half a millimetre', 430, 30, 1.42],
    ['too small for the first drawing', 470, 40, 0.55],
  ])('drawn in vectors: %s', async (_, x, y, module) => {
    const bytes = await drawnPdf((document) => {
      lines(document);
      document.rect(x - 4, y - 4, 60, 60).fill('white');
      drawModules(document, MESSAGE, x, y, module);
    });
    expect(await symbolsOf(bytes)).toEqual([MESSAGE]);
  });

  it.each([
    ['an image of the file', false],
    ['an inline image', true],
  ])('as %s', async (_, inline) => {
    expect(await symbolsOf(imagePdf(MESSAGE, inline))).toEqual([MESSAGE]);
  });

  it('several, on several pages, one of them turned', async () => {
    const bytes = await drawnPdf((document) => {
      drawModules(document, MESSAGE, 60, 60);
      drawModules(document, 'DC04AUTRE', 400, 600);
      document.addPage();
      document.save().rotate(30, { origin: [300, 400] });
      drawModules(document, 'SUR LA PAGE 2', 300, 400, 2);
      document.restore();
    });
    expect((await symbolsOf(bytes)).toSorted()).toEqual(['DC04AUTRE', MESSAGE, 'SUR LA PAGE 2']);
  });

  it('none on a page of text', async () => {
    const [first] = await pagesOf(await drawnPdf(lines));
    expect(first).toMatchObject({ number: 1, symbols: [], unreadableSymbols: 0, partial: false });
    expect(first?.text).toContain('Analyse n° 12 5,1 mUI/L');
  });

  it('one that is there and cannot be read is told', async () => {
    const bytes = await drawnPdf((document) => {
      drawModules(document, MESSAGE, 200, 200, 3);
      document.rect(212, 212, 60, 60).fill('white');
    });
    expect((await pagesOf(bytes))[0]).toMatchObject({ symbols: [], unreadableSymbols: 1 });
  });
});

describe('hostile files', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'PAGES_UNREADABLE'],
    ['no PDF', Buffer.from('PK\u0003\u0004'), 'PAGES_UNREADABLE'],
    ['a header', Buffer.from('%PDF-1.4\n'), 'PAGES_UNREADABLE'],
  ])('%s', async (_, bytes, code) => {
    expect(await readPdfPages(bytes)).toMatchObject({ ok: false, fault: { code } });
  });

  it('one that wants a password', async () => {
    const bytes = await drawnPdf(lines, { userPassword: 'un', ownerPassword: 'deux' });
    expect(await readPdfPages(bytes)).toMatchObject({ ok: false, fault: { code: 'PAGES_PASSWORD' } });
  });

  it('one that is cut', async () => {
    const whole = await drawnPdf(lines);
    const reading = await readPdfPages(whole.subarray(0, whole.length / 2));
    expect(reading.ok ? reading.pages : reading.fault.code).toBe('PAGES_UNREADABLE');
  });

  it('an image that wants more memory than it may have: the page is only partly drawn', async () => {
    const data = deflateSync(Buffer.alloc(30_000_000)).toString('latin1');
    const image = `6 0 obj << /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode /Length ${data.length} >> stream\n${data}\nendstream endobj`;
    const bytes = page('q 500 0 0 500 10 10 cm /I Do Q', '/XObject << /I 6 0 R >>', image);
    expect(await pagesOf(bytes)).toMatchObject([{ symbols: [], partial: true }]);
  });

  it('forms that paint the next one twenty times are stopped', async () => {
    const forms = Array.from({ length: 9 }, (_, rank) => {
      const body = '/X Do '.repeat(20);
      return `${6 + rank} 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X ${7 + rank} 0 R >> >> /Length ${body.length} >> stream\n${body}\nendstream endobj`;
    }).join('\n');
    const reading = await readPdfPages(page('/X Do', '/XObject << /X 6 0 R >>', forms), { timeoutMs: 1500 });
    expect(reading.ok ? 'drawn' : reading.fault.code).toBe('PAGES_TIMEOUT');
  });

  it('a form that paints itself, a tree that bites its tail, a page of no size', async () => {
    const self =
      '6 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 6 >> stream\n/X Do \nendstream endobj';
    expect(await pagesOf(page('/X Do', '/XObject << /X 6 0 R >>', self))).toHaveLength(1);
    const tail = '2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >> endobj';
    expect(typeof (await readPdfPages(page('', '', tail))).ok).toBe('boolean');
    const flat = '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >> endobj';
    expect(typeof (await readPdfPages(page('', '', flat))).ok).toBe('boolean');
  });

  it('a page as large as a field, and more pages than are drawn', async () => {
    const wide = '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 1000000 1000000] >> endobj';
    expect(typeof (await readPdfPages(page('', '', wide))).ok).toBe('boolean');
    const many = await drawnPdf((document) => {
      for (let at = 0; at < 5; at += 1) document.addPage();
    });
    expect(await readPdfPages(many, { maxPages: 2 })).toMatchObject({ ok: true, pageCount: 6, pages: [{}, {}] });
  });
});
