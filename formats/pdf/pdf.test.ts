import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { readPdf, startsLikePdf } from './index.ts';
import { makePdf } from './pdf.fixture.ts';
import type { PdfFixture } from './pdf.fixture.ts';

function read(options: PdfFixture = {}) {
  const pdf = readPdf(makePdf(options));
  if (!pdf.ok) throw new Error(pdf.fault.message);
  return pdf;
}

describe('readPdf', () => {
  it('tells what a PDF/A-1 file claims', () => {
    expect(read()).toEqual({
      ok: true,
      version: '1.4',
      headerOffset: 0,
      pdfaPart: '1',
      pdfaConformance: 'B',
      metadata: 'plain',
      encrypted: false,
      packedObjects: false,
      activeContent: [],
      fonts: { fonts: [], unreadPages: [], wholeTree: true },
      pageCount: 1,
      endMark: true,
    });
  });

  it('reads a claim written as attributes', () => {
    expect(read({ asAttributes: true, part: '3', conformance: 'U' })).toMatchObject({
      pdfaPart: '3',
      pdfaConformance: 'U',
    });
  });

  it('reads a compressed packet and says that it is compressed', () => {
    const plain = Buffer.from(makePdf());
    const from = plain.indexOf('<?xpacket');
    const packet = deflateSync(plain.subarray(from, plain.indexOf('endstream', from) - 1));
    expect(read({ packet, metadata: '/Filter /FlateDecode' })).toMatchObject({ metadata: 'compressed', pdfaPart: '1' });
  });

  it('says when there is no metadata, and when it cannot be read', () => {
    expect(read({ part: null }).metadata).toBe('absent');
    expect(read({ packet: Buffer.from('<x:xmpmeta><not closed') })).toMatchObject({ metadata: 'unreadable' });
  });

  it.each([
    ['/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>', 'javascript'],
    ['/OpenAction << /S /Java#53cript /J#53 (x) >>', 'javascript'],
    ['/OpenAction << /S /Launch /F (cmd.exe) >>', 'launch'],
    ['/Names << /EmbeddedFiles << /Names [] >> >>', 'embedded-file'],
    ['/AA << /WC 9 0 R >>', 'additional-action'],
    ['/X << /Subtype /RichMedia >>', 'multimedia'],
    ['/X << /S /ImportData >>', 'form-action'],
  ])('sees %s', (catalog, kind) => {
    expect(read({ catalog }).activeContent).toContainEqual({ kind, object: '1 0' });
  });

  it('is not fooled by a text that names an action, nor by the bytes of a stream', () => {
    expect(read({ catalog: '/Lang (/S /JavaScript)', text: '/S /JavaScript /JS 1 0 obj' }).activeContent).toEqual([]);
  });

  it('sees an action packed in an object stream', () => {
    const content = deflateSync(Buffer.from('7 0 << /S /Launch >>'));
    const objects = `6 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${content.length} >> stream\n${content.toString('latin1')}\nendstream endobj`;
    expect(read({ objects })).toMatchObject({
      packedObjects: true,
      activeContent: [{ kind: 'launch', object: '7 0' }],
    });
  });

  it('sees encryption', () => {
    expect(read({ trailer: '/Encrypt 9 0 R' }).encrypted).toBe(true);
  });

  it('takes the last definition of an object', () => {
    expect(read({ objects: '2 0 obj << /Type /Pages /Count 4 >> endobj' }).pageCount).toBe(4);
  });

  it('reads what pdfkit writes', async () => {
    const document = new PDFDocument({
      pdfVersion: '1.4',
      subset: 'PDF/A-1b',
      tagged: true,
    });
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.rect(0, 0, 10, 10).fill();
    document.addPage();
    document.end();
    await ended;
    expect(readPdf(Buffer.concat(chunks))).toMatchObject({ ok: true, pdfaPart: '1', pageCount: 2, endMark: true });
  });

  it.each([
    ['nothing', new Uint8Array(), 'PDF_EMPTY'],
    ['something else', Buffer.from('PK\u0003\u0004 not a pdf'), 'PDF_NO_HEADER'],
    ['a header alone', Buffer.from('%PDF-1.4\n'), 'PDF_NO_OBJECT'],
  ])('refuses %s', (_, bytes, code) => {
    expect(readPdf(bytes)).toMatchObject({ ok: false, fault: { code } });
  });

  it('notices a cut file', () => {
    expect(read({ end: '' }).endMark).toBe(false);
  });

  it('survives objects that never close', () => {
    const hostile = Buffer.from(`%PDF-1.4\n${'1 0 obj ( '.repeat(50_000)}${'2 0 obj [<<'.repeat(50_000)}`);
    expect(readPdf(hostile).ok).toBe(false);
  });

  it('survives any damage to a good file', () => {
    const good = makePdf({
      objects: '6 0 obj << /Type /ObjStm /N 1 /First 4 /Length 9 >> stream\n7 0 <<>> \nendstream',
    });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 8 }), (at, bytes) => {
        const damaged = Buffer.concat([good.subarray(0, at), bytes, good.subarray(Math.min(good.length, at + 3))]);
        expect(typeof readPdf(damaged).ok).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });
});

describe('startsLikePdf', () => {
  it('looks at the first bytes only', () => {
    expect(startsLikePdf(makePdf())).toBe(true);
    expect(startsLikePdf(Buffer.from(' %PDF-1.4'))).toBe(false);
  });
});
