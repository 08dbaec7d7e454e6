import { existsSync, readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePdf } from '../pdf/pdf.fixture.ts';
import { change, makeN1, makeN3, REQUESTER } from './cda.fixture.ts';
import { readCda } from './index.ts';

function read(text: string) {
  const reading = readCda(Buffer.from(text, 'utf8'));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.document;
}

const NO_BODY = { level: 'N3', sections: [], observationCount: 0 };

describe('readCda', () => {
  it('reads the header with the place of each noun', () => {
    const document = read(makeN3({ version: 2, replaces: '1.2.250.1.999.1.3.0' }));
    expect(document).toMatchObject({
      realmCode: 'FR',
      level: 'N3',
      id: { root: '1.2.250.1.999.1.3.1', path: '/ClinicalDocument/id[1]' },
      code: { code: '11502-2', codeSystem: '2.16.840.1.113883.6.1' },
      title: "Compte rendu d'examens biologiques",
      effectiveTime: '20260105110000+0100',
      languageCode: 'fr-FR',
      confidentialityCode: { code: 'N' },
      setId: { root: '1.2.250.1.999.1.3' },
      versionNumber: 2,
      relatedDocuments: [{ typeCode: 'RPLC', parentIds: [{ root: '1.2.250.1.999.1.3.0' }] }],
      encounter: { facilityCode: { code: 'SA25' } },
      orders: [{ root: '1.2.250.1.999.3', extension: 'ORD1' }],
      selfPresenting: false,
    });
    expect(document.templateIds.map((one) => one.root).slice(0, 2)).toEqual([
      '2.16.840.1.113883.2.8.2.1',
      '1.2.250.1.213.1.1.1.1',
    ]);
  });

  it('reads the patient', () => {
    expect(read(makeN1()).patient).toMatchObject({
      ins: {
        root: '1.2.250.1.213.1.4.10',
        extension: '279035121518989',
        path: '/ClinicalDocument/recordTarget[1]/patientRole[1]/id[1]',
      },
      birthName: 'PAT-TROIS',
      firstNames: 'DOMINIQUE MARIE-LOUISE',
      firstFirstName: 'DOMINIQUE',
      usedName: 'PAT-TROIS',
      birthDate: '19790328',
      sex: 'F',
      birthPlace: '51215',
    });
  });

  it('reads the actors', () => {
    const document = read(makeN3());
    expect(document.authors[0]).toMatchObject({
      time: { value: '20260105105900+0100' },
      ids: [{ extension: '899900000011' }],
      code: { code: 'G15_10/SM03' },
      familyName: 'BIO-TEST',
      organization: { ids: [{ extension: '10B0152872' }] },
    });
    expect(document.legalAuthenticator?.signatureCode).toBe('S');
    expect(document.custodianId?.extension).toBe('10B0152872');
    expect(document.participants.map((one) => [one.typeCode, one.functionCode?.code, one.timeHigh?.value])).toEqual([
      ['REF', undefined, '20260104090000+0100'],
      ['PRF', 'PRELV', '20260105080000+0100'],
    ]);
    expect(document.participants[0]?.telecoms[0]?.value).toBe(`mailto:${REQUESTER}`);
    expect(document.recipients).toHaveLength(1);
    expect(document.mainServiceEvent).toMatchObject({
      statusCode: 'completed',
      low: { value: '20260105083000+0100' },
      high: { value: '20260105105000+0100' },
    });
  });

  it('gives the PDF of an N1 and of the copy of an N3', () => {
    const pdf = makePdf({ text: 'A' });
    expect(Buffer.from(read(makeN1({ pdf })).pdf ?? [])).toEqual(Buffer.from(pdf));
    const n3 = read(makeN3({ pdf }));
    expect(Buffer.from(n3.pdf ?? [])).toEqual(Buffer.from(pdf));
    expect(n3.sections.map((one) => [one.code?.code, one.depth])).toEqual([
      ['18719-5', 1],
      ['55108-5', 1],
    ]);
    expect(n3.observationCount).toBe(1);
  });

  it('does not give bytes that the base64 does not hold', () => {
    const broken = change(makeN1(), 'representation="B64">', 'representation="B64">!');
    const document = read(broken);
    expect(document.body?.mediaType).toBe('application/pdf');
    expect(document.pdf).toBeUndefined();
  });

  it('reads a document carried by its style sheet', () => {
    const inner = makeN3().replace(/^<\?xml[^>]*>\s*/, '');
    const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"/>${inner}</xsl:stylesheet>`;
    expect(read(sheet)).toMatchObject({ selfPresenting: true, id: { root: '1.2.250.1.999.1.3.1' } });
  });

  it('reads the style sheet named by the prologue', () => {
    const text = change(
      makeN3(),
      '<ClinicalDocument ',
      '<?xml-stylesheet type="text/xsl" href="#lab"?><ClinicalDocument ',
    );
    expect(read(text).styleSheet).toBe('#lab');
    expect(read(text.replace('<?xml-style', `<!-- ${'x'.repeat(9000)} --><?xml-style`)).styleSheet).toBe('#lab');
    expect(read(text.replace(/(<\?xml-style.*?\?>)/u, '<!-- $1 -->')).styleSheet).toBeUndefined();
    const utf16 = readCda(Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'));
    expect(utf16).toMatchObject({ ok: true, document: { styleSheet: '#lab' } });
  });

  it('gives absent or empty nouns for an empty document', () => {
    const document = read('<ClinicalDocument xmlns="urn:hl7-org:v3"/>');
    expect(document).toMatchObject({ ...NO_BODY, title: '', effectiveTime: '', id: { root: '' }, authors: [] });
    expect(document.patient).toMatchObject({ ids: [], path: '/ClinicalDocument' });
  });

  it('refuses what is not a ClinicalDocument', () => {
    expect(readCda(Buffer.from('<a/>'))).toMatchObject({ ok: false, fault: { code: 'CDA_NOT_A_CLINICAL_DOCUMENT' } });
    expect(readCda(Buffer.from('<ClinicalDocument/>'))).toMatchObject({ ok: false });
    expect(readCda(Buffer.from('<ClinicalDocument>'))).toMatchObject({ ok: false });
  });

  it('survives any cut', () => {
    const bytes = Buffer.from(makeN1());
    fc.assert(
      fc.property(fc.nat(bytes.length), (at) => {
        expect(readCda(bytes.subarray(0, at)).ok).toBe(at === bytes.length);
      }),
      { numRuns: 60 },
    );
  });
});

const EXAMPLES = new URL('../../../shared/ci-sis/examples/', import.meta.url);
const hasExamples = existsSync(EXAMPLES);

describe.skipIf(!hasExamples)('official examples (skipped when ../shared/ci-sis/examples is absent)', () => {
  const names = hasExamples ? readdirSync(EXAMPLES).filter((name) => name.endsWith('.xml')) : ['each of them'];
  it('are there', () => expect(names).not.toEqual([]));
  it.each(names)('%s', (name) => {
    const document = read(readFileSync(new URL(name, EXAMPLES), 'utf8'));
    expect(document.level).toBe('N3');
    expect(document.patient).toMatchObject({ birthName: 'PAT-TROIS', ins: { extension: '279035121518989' } });
    expect(document.mainServiceEvent?.low?.value).toMatch(/^\d{14}\+0100$/);
    expect(document.encounter?.facilityCode?.code).toMatch(/^SA\d\d$/);
    if (name.includes('2024.01_') && name.startsWith('BIO-CR')) {
      expect(Buffer.from(document.pdf ?? []).toString('latin1', 0, 5)).toBe('%PDF-');
    }
  });
});
