import { describe, expect, it } from 'vitest';
import { change, makeN1, makeN3 } from '#formats/cda/cda.fixture.ts';
import { openFolder, openJudge } from '#formats/cda-pack/index.ts';
import type { PackAnswer } from '#formats/cda-pack/index.ts';
import { MINI_PACK, writeMiniPack } from '#formats/cda-pack/mini-pack.fixture.ts';
import { OFFICIAL_RULES, packFindings } from './index.ts';

const n3 = makeN3();
type Changes = Readonly<Record<string, string | undefined>>;

function answerTo(document: string, changes: Changes = {}): PackAnswer {
  return openJudge(openFolder(writeMiniPack(changes))).judge(Buffer.from(document));
}
const check = (document: string, changes: Changes = {}) => packFindings(answerTo(document, changes), 'N3');

interface Breaker {
  readonly rule: string;
  readonly document?: string;
  readonly changes?: Changes;
  readonly finding: object;
}

const TITLE = "<title>Compte rendu d'examens biologiques</title>";
const BREAKERS: readonly Breaker[] = [
  {
    rule: 'CDA-XSD',
    document: change(n3, TITLE, '<title>C</title>'),
    finding: { layer: 'xsd', severity: 'error', where: '/ClinicalDocument/title[1] (ligne 7)' },
  },
  {
    rule: 'CDA-SCH-HEADER',
    document: change(n3, '<realmCode code="FR"/>', '<realmCode code="BE"/>'),
    finding: {
      layer: 'schematron',
      severity: 'error',
      where: '/ClinicalDocument/realmCode[1] (ligne 3)',
      received: "n’est pas vrai : @code = 'FR'",
      expected: 'Entête : realmCode vaut FR, pas BE.',
      source: 'Pack CI-SIS, schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch',
    },
  },
  {
    rule: 'CDA-SCH-IHE',
    document: change(n3, '<realmCode code="FR"/>', '<realmCode code="FR"/>'),
    changes: {
      'schematrons/profils/IHE.sch': MINI_PACK['schematrons/profils/IHE.sch']?.replace(
        'test="cda:templateId"',
        'test="cda:absent"',
      ),
    },
    finding: { severity: 'error', source: 'Pack CI-SIS, schematrons/profils/IHE.sch, « IHE1 »' },
  },
  {
    rule: 'CDA-SCH-CONTENT',
    document: change(n3, '<title>BIOCHIMIE</title>', ''),
    finding: {
      severity: 'warning',
      source:
        'Pack CI-SIS, schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch (schematrons/include/section.sch), « S_section »',
    },
  },
  {
    rule: 'CDA-SCH-ANS',
    document: change(n3, '<time value="20260105105900+0100"/>', '<time nullFlavor="UNK"/>'),
    finding: { severity: 'error', expected: 'ANS : date de l’auteur absente.' },
  },
  {
    rule: 'CDA-SCH-TERMINOLOGY',
    document: change(n3, 'code="N" displayName="Normal"', 'code="Q" displayName="Normal"'),
    finding: { severity: 'error', expected: 'Terminologies : Q inconnu.' },
  },
  {
    rule: 'CDA-SCH-MODEL',
    document: n3.replace(/<inFulfillmentOf>.*<\/inFulfillmentOf>/u, ''),
    finding: { severity: 'error', where: '/ClinicalDocument (ligne 2)' },
  },
  {
    rule: 'CDA-SCH-MODEL-KNOWN',
    document: change(n3, 'extension="2024.01"', 'extension="2031.01"'),
    finding: {
      severity: 'warning',
      received: 'modèle BIO-CR-BIO, version 2031.01 ; versions du pack : 2024.01',
    },
  },
  {
    rule: 'CDA-SCH-EVALUATED',
    changes: { 'jeuxDeValeurs/jdv-confidentialite.xml': undefined, 'jeuxDeValeurs/autre.xml': '<x/>' },
    finding: { severity: 'warning', benchLimit: true, where: '/ClinicalDocument/confidentialityCode[1] (ligne 8)' },
  },
  {
    rule: 'CDA-PACK-PLAYED',
    changes: { 'schematrons/profils/IHE.sch': '<schema' },
    finding: { severity: 'warning', benchLimit: true, where: 'schematrons/profils/IHE.sch' },
  },
];

describe('what the official pack says, as findings', () => {
  it('is nothing on a document that is right', () => {
    expect(check(n3)).toEqual([]);
  });

  it('has a breaker for each rule', () => {
    expect(BREAKERS.map(({ rule }) => rule).toSorted()).toEqual(OFFICIAL_RULES.map(({ id }) => id).toSorted());
  });

  it.each(BREAKERS)('$rule', ({ rule, document = n3, changes, finding }) => {
    const findings = check(document, changes);
    expect(findings.map((one) => one.rule)).toEqual([rule]);
    expect(findings[0]).toMatchObject({ requirements: ['DOC/va1.30'], ...finding });
  });

  it('keeps the requirement of the level that was read, and both when none was', () => {
    const n1 = change(makeN1(), '<realmCode code="FR"/>', '<realmCode code="BE"/>');
    expect(packFindings(answerTo(n1), 'N1').map(({ requirements }) => requirements)).toEqual([['DOC/va1.27']]);
    expect(packFindings(answerTo(n1)).map(({ requirements }) => requirements)).toEqual([['DOC/va1.30', 'DOC/va1.27']]);
  });

  it('counts the nodes on which an assertion cannot be evaluated, in one finding', () => {
    const broken = MINI_PACK['schematrons/include/section.sch']?.replace('test="cda:title"', 'test="nothing(.)"');
    const findings = check(n3, { 'schematrons/include/section.sch': broken });
    expect(findings.map(({ rule }) => rule)).toEqual(['CDA-SCH-EVALUATED']);
    expect(findings[0]?.received).toContain('(2 nœuds)');
  });

  it.each([
    ['role="info"', 'assert', 'info'],
    ['', 'report', 'info'],
    ['role="error"', 'report', 'error'],
    ['role="fatal"', 'assert', 'error'],
  ])('%s on %s is of severity %s', (role, kind, severity) => {
    const [test, name] = kind === 'report' ? ['true()', 'report'] : ['false()', 'assert'];
    const sch = MINI_PACK['schematrons/include/section.sch']?.replace(
      /<assert.*<\/assert>/u,
      `<${name} ${role} test="${test}">x</${name}>`,
    );
    const findings = check(n3, { 'schematrons/include/section.sch': sch });
    expect(new Set(findings.map((finding) => finding.severity))).toEqual(new Set([severity]));
  });

  it('says of a document that the pack could not judge that it was not; one that is not XML is told elsewhere', () => {
    expect(packFindings({ ok: false, code: 'PACK_TIME', message: 'plus de 60 s' })).toMatchObject([
      { rule: 'CDA-PACK-PLAYED', benchLimit: true, received: expect.stringContaining('plus de 60 s') },
    ]);
    expect(packFindings({ ok: false, code: 'PACK_CRASH', message: 'mémoire' })).toHaveLength(1);
    expect(check('<ClinicalDocument')).toEqual([]);
  });
});
