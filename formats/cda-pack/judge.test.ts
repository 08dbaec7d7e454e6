import { describe, expect, it } from 'vitest';
import { change, makeN1, makeN3 } from '../cda/cda.fixture.ts';
import { openFolder, openJudge } from './index.ts';
import type { PackReport } from './index.ts';
import { MINI_PACK, writeMiniPack } from './mini-pack.fixture.ts';

const n3 = makeN3();

type Changes = Parameters<typeof writeMiniPack>[0];

function judged(document: string | Uint8Array, changes: Changes = {}): PackReport {
  const answer = openJudge(openFolder(writeMiniPack(changes))).judge(Buffer.from(document));
  if (!answer.ok) throw new Error(answer.message);
  return answer.report;
}
const said = ({ xsd, layers }: PackReport): readonly string[] => [
  ...xsd.map(({ where, line }) => `xsd ${where} ${line}`),
  ...layers.flatMap(({ layer, failures }) =>
    failures.map(({ where, line, text }) => `${layer} ${where} ${line} ${text}`),
  ),
];

describe('a pack, on a document', () => {
  it('says nothing of one that is right, and which layers judged', () => {
    const report = judged(n3);
    expect(said(report)).toEqual([]);
    expect(report.layers.map(({ layer }) => layer)).toEqual([
      'ihe',
      'terminologies',
      'modeles',
      'entete',
      'ans',
      'volet',
    ]);
    expect([report.unplayed, report.problems]).toEqual([[], []]);
    expect(report.identity.sha256).toMatch(/^[0-9a-f]{64}$/u);
  });

  it.each([
    ["<title>Compte rendu d'examens biologiques</title>", '<title>C</title>', 'xsd /ClinicalDocument/title[1] 7'],
    ['<versionNumber value="1"/>', '<versionNumber value="un"/>', 'xsd /ClinicalDocument/versionNumber[1] 9'],
    [
      '<realmCode code="FR"/>',
      '<realmCode code="BE"/>',
      'entete /ClinicalDocument/realmCode[1] 3 Entête : realmCode vaut FR, pas BE.',
    ],
    [
      '<title>BIOCHIMIE</title>',
      '',
      'modeles /ClinicalDocument/component[1]/structuredBody[1]/component[1]/section[1] 26 Modèles : section sans titre.',
    ],
    [
      '<time value="20260105105900+0100"/>',
      '<time nullFlavor="UNK"/>',
      'ans /ClinicalDocument/author[1]/time[1] 15 ANS : date de l’auteur absente.',
    ],
    [
      'code="N" displayName="Normal"',
      'code="Q" displayName="Normal"',
      'terminologies /ClinicalDocument/confidentialityCode[1] 8 Terminologies : Q inconnu.',
    ],
    [
      '<inFulfillmentOf><order><id root="1.2.250.1.999.3" extension="ORD1"/></order></inFulfillmentOf>',
      '',
      'volet /ClinicalDocument 2 Volet : inFulfillmentOf obligatoire.',
    ],
  ])('finds one fault at its layer and its place: %s', (from, to, expected) => {
    expect(said(judged(change(n3, from, to)))).toEqual([expected]);
  });

  it('runs every layer, whatever the one before it said', () => {
    const spoilt = change(
      change(n3, '<realmCode code="FR"/>', '<realmCode/>'),
      'examens biologiques</title>',
      '</title>',
    )
      .replace(/<title>Compte.*<\/title>/u, '<title/>')
      .replaceAll(/<templateId [^>]*>/gu, '');
    const found = said(judged(spoilt)).map((one) => one.split(' ')[0]);
    expect(found).toEqual(['xsd', 'ihe', 'entete']);
  });

  it('judges a document that carries its style sheet, and one in another encoding', () => {
    const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">${n3.replace(/^<\?xml.*\?>\n/u, '').replace('code="FR"', 'code="BE"')}</xsl:template></xsl:stylesheet>`;
    expect(judged(sheet).layers.find(({ layer }) => layer === 'entete')?.failures).toMatchObject([
      { where: '/stylesheet/template[1]/ClinicalDocument[1]/realmCode[1]', line: 2 },
    ]);
    const latin1 = Buffer.from(n3.replace('UTF-8', 'ISO-8859-1').replace('code="FR"', 'code="é"'), 'latin1');
    expect(judged(latin1).layers.flatMap(({ failures }) => failures.map(({ text }) => text))).toEqual([
      'Entête : realmCode vaut FR, pas é.',
    ]);
  });

  it('places on the first tag what a rule says of the whole document', () => {
    const sch = MINI_PACK['schematrons/profils/IHE.sch']?.replace('cda:ClinicalDocument"', '/"');
    expect(said(judged(n3, { 'schematrons/profils/IHE.sch': sch }))).toEqual([
      'ihe /ClinicalDocument 2 IHE : templateId obligatoire.',
    ]);
  });

  it('places a failure on an attribute', () => {
    const sch = MINI_PACK['schematrons/profils/IHE.sch']?.replace(
      'context="cda:ClinicalDocument"',
      'context="cda:realmCode/@code"',
    );
    expect(said(judged(n3, { 'schematrons/profils/IHE.sch': sch }))).toEqual([
      'ihe /ClinicalDocument/realmCode[1]/@code 3 IHE : templateId obligatoire.',
    ]);
  });

  it.each([
    ['<ClinicalDocument'],
    [''],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    [`<ClinicalDocument xmlns="urn:hl7-org:v3">${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</ClinicalDocument>`],
  ])('that cannot be read says so: %.40s', (document) => {
    const answer = openJudge(openFolder(writeMiniPack())).judge(Buffer.from(document));
    expect(answer).toMatchObject({ ok: false, code: 'PACK_XML' });
  });
});

describe('the model of a document', () => {
  it.each([
    [makeN1(), { kind: 'unstructured' }],
    [n3, { kind: 'found', model: 'BIO-CR-BIO', version: '2024.01', file: 'schematrons/CI-SIS_BIO-CR-BIO_2024.01.sch' }],
    [
      change(n3, 'extension="2024.01"', 'extension="2031.01"'),
      { kind: 'no-version', version: '2031.01', known: ['2021.01', '2024.01'] },
    ],
    [change(n3, ' extension="2024.01"', ''), { kind: 'found', version: '2021.01' }],
    [change(n3, '1.2.250.1.213.1.1.1.55', '1.2.3'), { kind: 'unknown' }],
  ])('is chosen by its templateId', (document, expected) => {
    const older = {
      'schematrons/CI-SIS_BIO-CR-BIO_2021.01.sch': MINI_PACK['schematrons/CI-SIS_BIO-CR-BIO_2024.01.sch'],
    };
    expect(judged(document, older).volet).toMatchObject(expected);
  });
});

describe('a pack with defects', () => {
  it('judges with what it has, and says which part could not', () => {
    const report = judged(change(n3, '<realmCode code="FR"/>', '<realmCode code="BE"/>'), {
      'infrastructure/cda/types.xsd': undefined,
      'schematrons/profils/IHE.sch': '<schema',
    });
    expect(report.unplayed.map(({ layer, file }) => [layer, file])).toEqual([
      ['xsd', 'infrastructure/cda/CDA_extended.xsd'],
      ['ihe', 'schematrons/profils/IHE.sch'],
    ]);
    expect(said(report)).toHaveLength(1);
  });

  it('tells a value set that it has not, and what could not be evaluated for that', () => {
    const report = judged(n3, { 'jeuxDeValeurs/jdv-confidentialite.xml': undefined });
    expect(report.problems.map(({ code }) => code)).toEqual(['document-missing']);
    expect(report.layers.flatMap(({ layer, failures }) => failures.map(({ kind }) => [layer, kind]))).toEqual([
      ['terminologies', 'error'],
    ]);
  });

  it('is read in the encoding that each of its files announces', () => {
    const accented = change(n3, 'code="N" displayName="Normal"', 'code="é" displayName="Normal"');
    const set = MINI_PACK['jeuxDeValeurs/jdv-confidentialite.xml']?.replace('code="R"', 'code="é"') ?? '';
    const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${set}`, 'latin1');
    const utf16 = Buffer.from(`\uFEFF${set}`, 'utf16le');
    for (const bytes of [latin1, utf16])
      expect(said(judged(accented, { 'jeuxDeValeurs/jdv-confidentialite.xml': bytes }))).toEqual([]);
  });

  it('whose value set is not in the encoding that it announces blames no code of the document', () => {
    const accented = change(n3, 'code="N" displayName="Normal"', 'code="é" displayName="Normal"');
    const set = MINI_PACK['jeuxDeValeurs/jdv-confidentialite.xml']?.replace('code="R"', 'code="é"') ?? '';
    const report = judged(accented, { 'jeuxDeValeurs/jdv-confidentialite.xml': Buffer.from(set, 'latin1') });
    expect(report.layers.flatMap(({ failures }) => failures.map(({ kind }) => kind))).toEqual(['error']);
  });

  it('written for a disk that ignores case is read', () => {
    const report = judged(n3, {
      'schematrons/include/section.sch': undefined,
      'schematrons/Include/Section.sch': MINI_PACK['schematrons/include/section.sch'],
    });
    expect(report.problems.map(({ code }) => code)).toEqual(['include-case']);
    expect(report.unplayed).toEqual([]);
  });
});
