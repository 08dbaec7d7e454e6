import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { decodedStream } from './filters.ts';
import { readPdf } from './index.ts';
import type { FontsUsed } from './index.ts';
import { readContent } from './content.ts';

/** One page that holds `content` and `resources`, and other objects from number 6. */
function fonts(content: string, resources: string, objects = '', page = ''): FontsUsed | undefined {
  const file = [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    `2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 /Resources << ${resources} >> >> endobj`,
    `3 0 obj << /Type /Page /Parent 2 0 R /Contents 5 0 R ${page} >> endobj`,
    stream(5, '', content),
    objects,
    'trailer << /Root 1 0 R >>\n%%EOF\n',
  ].join('\n');
  const pdf = readPdf(Buffer.from(file, 'latin1'));
  return pdf.ok ? pdf.fonts : undefined;
}

function stream(number: number, entries: string, content: string): string {
  return `${number} 0 obj << ${entries} /Length ${content.length} >> stream\n${content}\nendstream endobj`;
}

const SHOWN = 'BT /F1 9 Tf (x) Tj ET';
const HELVETICA = '/Font << /F1 6 0 R >>';
const BARE = '6 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj';
const DESCRIPTOR = `7 0 obj << /Type /FontDescriptor /FontFile2 8 0 R >> endobj\n${stream(8, '', 'program')}`;
const EMBEDDED = `6 0 obj << /Subtype /TrueType /BaseFont /AAAAAA+Some /FontDescriptor 7 0 R >> endobj\n${DESCRIPTOR}`;

const namesOf = (used: FontsUsed | undefined, embedded: boolean) =>
  used?.fonts.filter((font) => font.embedded === embedded).map(({ name }) => name);

describe('fonts of the pages', () => {
  it('tells where a font that is not carried is used', () => {
    expect(fonts(SHOWN, HELVETICA, BARE)).toEqual({
      fonts: [{ name: 'Helvetica', where: 'objet 6 0', embedded: false, pages: [1] }],
      unreadPages: [],
      wholeTree: true,
    });
  });

  it('sees the program of a simple font and of the descendant of a composite one', () => {
    expect(namesOf(fonts(SHOWN, HELVETICA, EMBEDDED), true)).toEqual(['AAAAAA+Some']);
    const composite = (descriptor: string) =>
      `6 0 obj << /Subtype /Type0 /BaseFont /Comp /DescendantFonts [9 0 R] >> endobj\n9 0 obj << /Subtype /CIDFontType2 ${descriptor} >> endobj\n${DESCRIPTOR}`;
    expect(namesOf(fonts(SHOWN, HELVETICA, composite('/FontDescriptor 7 0 R')), true)).toEqual(['Comp']);
    expect(namesOf(fonts(SHOWN, HELVETICA, composite('')), false)).toEqual(['Comp']);
  });

  it('is not content with a descriptor whose program is absent or empty', () => {
    const without = EMBEDDED.replace(/\n8 0 obj.*/s, '');
    expect(namesOf(fonts(SHOWN, HELVETICA, without), false)).toEqual(['AAAAAA+Some']);
    expect(
      namesOf(fonts(SHOWN, HELVETICA, EMBEDDED.replace(/Length 7 >> stream\nprogram/, 'Length 0 >> stream')), false),
    ).toEqual(['AAAAAA+Some']);
  });

  it.each([
    ['only listed', 'BT (x) Tj ET'],
    ['only selected', 'BT /F1 9 Tf ET'],
    ['invisible', 'BT 3 Tr /F1 9 Tf (x) Tj ET'],
    ['named in a string', 'BT (/F1 9 Tf) Tj ET'],
    ['named in the bytes of an inline image', 'BI /W 1 ID /F1 9 Tf (x) Tj EI'],
  ])('does not count a font that is %s', (_, content) => {
    expect(fonts(content, HELVETICA, BARE)?.fonts).toEqual([]);
  });

  it('sees text that is visible again, and what follows an image', () => {
    expect(namesOf(fonts('q 3 Tr Q BT /F1 9 Tf (x) Tj ET', HELVETICA, BARE), false)).toEqual(['Helvetica']);
    expect(namesOf(fonts(`BI /W 1 ID (((\nEI ${SHOWN}`, HELVETICA, BARE), false)).toEqual(['Helvetica']);
    expect(namesOf(fonts('BT /F1 9 Tf [(a) -3 (b)] TJ ET', HELVETICA, BARE), false)).toEqual(['Helvetica']);
  });

  it('follows forms, appearances and the glyphs of Type 3 fonts', () => {
    const form = stream(9, '/Subtype /Form', SHOWN);
    expect(namesOf(fonts('/X Do', `${HELVETICA} /XObject << /X 9 0 R >>`, `${BARE}\n${form}`), false)).toEqual([
      'Helvetica',
    ]);
    const own = stream(9, `/Subtype /Form /Resources << ${HELVETICA} >>`, SHOWN);
    const annotated = fonts('', '', `${BARE}\n${own}`, '/Annots [<< /AP << /N << /On 9 0 R >> >> >>]');
    expect(namesOf(annotated, false)).toEqual(['Helvetica']);
    const type3 = `10 0 obj << /Subtype /Type3 /CharProcs << /a 9 0 R >> >> endobj\n${own}\n${BARE}`;
    expect(namesOf(fonts('BT /T 9 Tf (a) Tj ET', '/Font << /T 10 0 R >>', type3), false)).toEqual(['Helvetica']);
  });

  it('says which font is called and not defined', () => {
    expect(namesOf(fonts(SHOWN, ''), false)).toEqual(['F1']);
  });

  it('reads what pdfkit writes', async () => {
    const chunks: Buffer[] = [];
    const document = new PDFDocument();
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.text('bonjour').addPage().text('encore').end();
    await ended;
    const pdf = readPdf(Buffer.concat(chunks));
    expect(pdf.ok && pdf.fonts?.fonts).toMatchObject([{ name: 'Helvetica', embedded: false, pages: [1, 2] }]);
  });

  it('says which pages it could not read', () => {
    expect(fonts('', '', stream(5, '/Filter /LZWDecode', 'x'))?.unreadPages).toEqual([1]);
    expect(fonts('', '', stream(5, '/Filter /FlateDecode', 'x'))?.unreadPages).toEqual([1]);
    expect(fonts('', '', '3 0 obj << /Type /Page /Contents 99 0 R >> endobj')?.unreadPages).toEqual([1]);
  });
});

describe('hostile files', () => {
  it('a tree that bites its tail, forms that paint themselves', () => {
    expect(fonts('', '', '2 0 obj << /Type /Pages /Kids [2 0 R 3 0 R 3 0 R] >> endobj')).toMatchObject({
      wholeTree: false,
    });
    const self = stream(9, '/Subtype /Form /Resources << /XObject << /X 9 0 R >> >>', '/X Do /X Do');
    expect(fonts('/X Do', '/XObject << /X 9 0 R >>', self)).toMatchObject({ fonts: [], unreadPages: [] });
  });

  it('forms nested without end are not followed to it', () => {
    const nested = Array.from({ length: 40 }, (_, index) =>
      stream(10 + index, `/Subtype /Form /Resources << /XObject << /X ${11 + index} 0 R >> >>`, '/X Do'),
    ).join('\n');
    expect(fonts('/X Do', '/XObject << /X 10 0 R >>', nested)?.unreadPages).toEqual([1]);
  });

  it('a stream that inflates to more than it may', () => {
    const bomb = deflateSync(Buffer.alloc(40 * 1024 * 1024, 32)).toString('latin1');
    expect(fonts('', '', stream(5, '/Filter /FlateDecode', bomb))?.unreadPages).toEqual([1]);
    const twice = deflateSync(deflateSync(Buffer.alloc(40 * 1024 * 1024, 32))).toString('latin1');
    expect(fonts('', '', stream(5, '/Filter [/FlateDecode /FlateDecode]', twice))?.unreadPages).toEqual([1]);
  });

  it('a cross-reference table of half a million entries, true or not', () => {
    const table = `xref\n0 500000\n${'0000000000 65535 f \n'.repeat(500_000)}`;
    expect(fonts(SHOWN, HELVETICA, `${BARE}\n${table}`)?.fonts).toHaveLength(1);
  });

  it('a content of strings that never close is given up', () => {
    expect(readContent('('.repeat(2_000_000)).whole).toBe(false);
  });

  it('any content', () => {
    const piece = fc.constantFrom(
      '/F1',
      '9',
      'Tf',
      '(x',
      ')',
      'Tj',
      '<<',
      '>>',
      '[',
      ']',
      'BI',
      'ID',
      'EI',
      'q',
      'Q',
      '<',
      '%',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(typeof readContent(pieces.join(' ')).whole).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});

describe('filters', () => {
  const filtered = (filter: string, content: string, max = 1000) =>
    decodedStream(
      {
        value: { kind: 'dictionary', entries: new Map([['Filter', { kind: 'name', name: filter }]]) },
        stream: Buffer.from(content, 'latin1'),
      },
      max,
    );
  it('reads hexadecimal and base 85', () => {
    expect(Buffer.from(filtered('ASCIIHexDecode', '42 54 7>') ?? []).toString('latin1')).toBe('BTp');
    expect(Buffer.from(filtered('ASCII85Decode', '87cURD]i,"Ebo80~>') ?? []).toString('latin1')).toBe('Hello World!');
    expect([...(filtered('A85', 'z~>') ?? [])]).toEqual([0, 0, 0, 0]);
  });
  it.each([
    ['ASCIIHexDecode', 'zz', 1000],
    ['ASCII85Decode', 'vvvvv', 1000],
    ['ASCII85Decode', 'uuuuu', 1000],
    ['ASCII85Decode', '87cUR87cUR', 5],
    ['JPXDecode', '', 1000],
  ])('refuses what is no %s', (filter, content, max) => {
    expect(filtered(filter, content, max)).toBeUndefined();
  });
});
