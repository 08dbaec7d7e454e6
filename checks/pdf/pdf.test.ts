import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makePdf } from '#formats/pdf/pdf.fixture.ts';
import { checkPdfFile, readPdfName, RULES } from './index.ts';
import { PAGE_RULE_IDS } from './pages.fixture.ts';
import type { PdfOptions } from './index.ts';

const NAME = "20260105_CR d'examens biologiques_PAT-TROIS_DOMINIQUE.pdf";
const EXPECTED = {
  actDate: '20260105',
  documentType: 'CR d’examens biologiques',
  birthName: 'Pat-Trois',
  firstName: 'Dominique',
};

function compressed(): Uint8Array {
  const plain = Buffer.from(makePdf());
  const from = plain.indexOf('<?xpacket');
  const packet = deflateSync(plain.subarray(from, plain.indexOf('endstream', from) - 1));
  return makePdf({ packet, metadata: '/Filter /FlateDecode' });
}

/** The page of the fixture, once it writes with a font that it does not carry. */
const HELVETICA = [
  '3 0 obj << /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 9 0 R >> >> >> endobj',
  '5 0 obj << /Length 21 >> stream\nBT /F1 9 Tf (x) Tj ET\nendstream endobj',
  '9 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj',
].join('\n');

const BREAKERS: readonly { rule: string; bytes: Uint8Array; options?: PdfOptions }[] = [
  { rule: 'PDF-READABLE', bytes: Buffer.from('PK') },
  { rule: 'PDF-A1-CLAIM', bytes: makePdf({ part: '2' }) },
  { rule: 'PDF-METADATA-COMPRESSED', bytes: compressed() },
  { rule: 'PDF-ACTIVE-CONTENT', bytes: makePdf({ catalog: '/OpenAction << /S /JavaScript /JS (x) >>' }) },
  {
    rule: 'PDF-PACKED-OBJECTS',
    bytes: makePdf({ objects: '6 0 obj << /Type /ObjStm /First 0 /Length 1 >> stream\n \nendstream endobj' }),
  },
  { rule: 'PDF-FONTS-EMBEDDED', bytes: makePdf({ objects: HELVETICA }) },
  {
    rule: 'PDF-LIMIT',
    bytes: makePdf({ objects: '5 0 obj << /Length 1 /Filter /LZWDecode >> stream\nx\nendstream endobj' }),
  },
  { rule: 'PDF-HEADER', bytes: Buffer.concat([Buffer.from('\r\n'), makePdf()]) },
  { rule: 'PDF-VERSION', bytes: makePdf({ version: '1.7' }) },
  { rule: 'PDF-END', bytes: makePdf({ end: '' }) },
  { rule: 'PDF-FILE-NAME', bytes: makePdf(), options: { fileName: 'resultats.pdf' } },
];

describe('checkPdfFile', () => {
  it('is silent on a conforming report', () => {
    expect(checkPdfFile(makePdf(), { fileName: NAME, expected: EXPECTED })).toEqual([]);
    expect(checkPdfFile(makePdf({ conformance: 'A', asAttributes: true }))).toEqual([]);
  });

  it.each(BREAKERS)('$rule', ({ rule, bytes, options }) => {
    expect(checkPdfFile(bytes, options).map((finding) => finding.rule)).toEqual([rule]);
  });

  it('cannot trust the claim of an encrypted file', () => {
    const rules = checkPdfFile(makePdf({ trailer: '/Encrypt 9 0 R' })).map((finding) => finding.rule);
    expect(rules).toEqual(['PDF-A1-CLAIM', 'PDF-ENCRYPTED']);
  });

  it('says which font is missing, and on which page', () => {
    expect(checkPdfFile(makePdf({ objects: HELVETICA }))).toMatchObject([
      { where: 'page 1, objet 9 0', received: 'Helvetica, non incorporée' },
    ]);
  });

  it('says which part of the name is wrong', () => {
    const findings = checkPdfFile(makePdf(), { fileName: NAME, expected: { ...EXPECTED, birthName: 'PAT-SIX' } });
    expect(findings[0]?.received).toBe('nom : PAT-TROIS au lieu de PAT-SIX');
  });

  it('has a breaker for each rule', () => {
    // Those on what the pages show have theirs in pages.test.ts.
    const broken = new Set([...BREAKERS.map((one) => one.rule), 'PDF-ENCRYPTED', ...PAGE_RULE_IDS]);
    expect(RULES.filter((rule) => !broken.has(rule.id))).toEqual([]);
  });
});

describe('readPdfName', () => {
  it('reads the optional number', () => {
    expect(readPdfName('20220531_CR d’imagerie_CORSE_ANTHONY_2.pdf')).toEqual({
      actDate: '20220531',
      documentType: 'CR d’imagerie',
      birthName: 'CORSE',
      firstName: 'ANTHONY',
      fileNumber: '2',
    });
  });
  it.each(['20221331_CR_A_B.pdf', '2022_CR_A_B.pdf', '20220531_CR_A.pdf', '20220531_CR_A_B.txt'])(
    'refuses %s',
    (name) => {
      expect(readPdfName(name)).toBeUndefined();
    },
  );
});
