import { describe, expect, it } from 'vitest';
import { readPdfText } from './index.ts';
import { drawnPdf } from './pages.fixture.ts';

describe('text of a PDF', () => {
  it('is given page by page, for many files at once, in the order of the calls', async () => {
    const files = await Promise.all(
      ['un', 'deux', 'trois'].map((word) =>
        drawnPdf((document) => {
          document.text(`page ${word}`);
          document.addPage().text('suite');
        }),
      ),
    );
    const texts = await Promise.all(files.map((file) => readPdfText(file)));
    expect(texts.map((one) => one.ok && one.pages.map((page) => page.trim()))).toEqual([
      ['page un', 'suite'],
      ['page deux', 'suite'],
      ['page trois', 'suite'],
    ]);
  });

  it('says why it is not there, and goes on with the next file', async () => {
    const sound = await drawnPdf((document) => document.text('bon'));
    const secret = await drawnPdf((document) => document.text('secret'), { userPassword: 'x' });
    expect(await readPdfText(new TextEncoder().encode('%PDF-1.4 rien'))).toMatchObject({
      ok: false,
      code: 'PAGES_UNREADABLE',
    });
    expect(await readPdfText(secret)).toMatchObject({ ok: false, code: 'PAGES_PASSWORD' });
    const long = await drawnPdf((document) => {
      for (let page = 0; page < 400; page += 1) document.addPage().text('mot '.repeat(800));
    });
    expect(await readPdfText(long, { timeoutMs: 1 })).toMatchObject({ ok: false, code: 'PAGES_TIMEOUT' });
    expect(await readPdfText(sound)).toMatchObject({ ok: true, pageCount: 1 });
  });
});
