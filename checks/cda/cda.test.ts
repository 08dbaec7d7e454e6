import { existsSync, readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCda } from '#formats/cda/index.ts';
import { change, makeN1, makeN3, RECIPIENT, REQUESTER } from '#formats/cda/cda.fixture.ts';
import { makePdf } from '#formats/pdf/pdf.fixture.ts';
import { checkCdaFile, checkCdaPair, RULES } from './index.ts';
import type { CdaOptions } from './index.ts';
import { OFFICIAL_RULES } from './official/index.ts';

function check(text: string, options: CdaOptions = {}) {
  return checkCdaFile(Buffer.from(text, 'utf8'), options);
}

/** Distinct ids of the rules that spoke, in order. */
function spoke(text: string, options: CdaOptions = {}): string[] {
  return [...new Set(check(text, options).map((finding) => finding.rule))];
}

const n1 = makeN1();
const n3 = makeN3();
const QUALIFIED_PATIENT = {
  ins: '279035121518989',
  oid: '1.2.250.1.213.1.4.10',
  birthName: 'Pat-Trois',
  firstNames: ['DOMINIQUE', 'MARIE-LOUISE'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
const INS_ID = '<id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>';

const TOO_DEEP = `<ClinicalDocument xmlns="urn:hl7-org:v3">${'<a>'.repeat(300)}${'</a>'.repeat(300)}</ClinicalDocument>`;

interface Breaker {
  readonly rule: string;
  readonly text: string;
  readonly options?: CdaOptions;
  /** Rules that cannot but speak too. */
  readonly also?: readonly string[];
}

const BREAKERS: readonly Breaker[] = [
  { rule: 'CDA-WELLFORMED', text: '<ClinicalDocument>' },
  { rule: 'CDA-LIMIT', text: TOO_DEEP },
  { rule: 'CDA-ENCODING', text: change(n1, 'encoding="UTF-8"', 'encoding="ISO-8859-1"') },
  {
    rule: 'CDA-HDR-ORDER',
    text: change(
      change(n1, '<languageCode code="fr-FR"/>', ''),
      '<setId ',
      '<setId root="1.2.3.4"/><languageCode code="fr-FR"/><versionNumber value="1"/><setId ',
    ).replace(/<setId root="1\.2\.250[^>]*>\s*<versionNumber value="1"\/>/, ''),
  },
  {
    rule: 'CDA-HDR-CARDINALITY',
    text: change(n1, '<languageCode code="fr-FR"/>', '<languageCode code="fr-FR"/><languageCode code="fr-FR"/>'),
  },
  { rule: 'CDA-HDR-REALM', text: change(n1, '<realmCode code="FR"/>', '<realmCode code="BE"/>') },
  {
    rule: 'CDA-HDR-TEMPLATES',
    text: change(
      n1,
      '<templateId root="2.16.840.1.113883.2.8.2.1"/><templateId root="1.2.250.1.213.1.1.1.1"/>',
      '<templateId root="1.2.250.1.213.1.1.1.1"/><templateId root="2.16.840.1.113883.2.8.2.1"/>',
    ),
  },
  { rule: 'CDA-N1-TEMPLATE', text: change(n1, '1.3.6.1.4.1.19376.1.2.20', '1.3.6.1.4.1.19376.1.2.21') },
  { rule: 'CDA-BIO-TEMPLATES', text: change(n3, '<templateId root="1.3.6.1.4.1.19376.1.3.3"/>', '') },
  {
    rule: 'CDA-HDR-NULLFLAVOR-VALUE',
    text: change(n1, '<addr nullFlavor="NASK"/><telecom value', '<addr nullFlavor="NI"/><telecom value'),
  },
  {
    rule: 'CDA-HDR-NULLFLAVOR-PLACE',
    text: change(n1, '<custodian>', '<custodian nullFlavor="UNK">'),
  },
  { rule: 'CDA-HDR-ID-OID', text: makeN1({ id: '770B0DC2-A6B8-468E-8432-632B18D35F68' }) },
  {
    rule: 'CDA-HDR-ID-EXTENSION',
    text: change(n1, '<id root="1.2.250.1.999.1.1.1"/>', '<id root="1.2.250.1.999.1.1.1" extension="1"/>'),
  },
  { rule: 'CDA-HDR-CODE', text: change(n1, 'displayName="CR d\'examens biologiques" ', '') },
  {
    rule: 'CDA-BIO-CODE',
    text: change(n3, "<title>Compte rendu d'examens biologiques</title>", '<title>Résultats</title>'),
  },
  {
    rule: 'CDA-HDR-TITLE',
    text: change(n1, "<title>Compte rendu d'examens biologiques</title>", `<title>${'x'.repeat(129)}</title>`),
  },
  { rule: 'CDA-HDR-LANGUAGE', text: change(n1, 'fr-FR', 'fr-fr') },
  {
    rule: 'CDA-HDR-CONFIDENTIALITY',
    text: change(n1, 'confidentialityCode code="N"', 'confidentialityCode code="MASQUE_PS"'),
  },
  { rule: 'CDA-HDR-SETID', text: change(n1, '<versionNumber value="1"/>', '<versionNumber value="0"/>') },
  { rule: 'CDA-HDR-RPLC', text: makeN1({ version: 2 }) },
  { rule: 'CDA-HDR-EFFECTIVETIME', text: makeN1({ effectiveTime: '20260105' }) },
  { rule: 'CDA-HDR-TIME-SHAPE', text: change(n1, '20260105105900+0100', '20260230105900+0100') },
  { rule: 'CDA-HDR-TIME-OFFSET', text: change(n1, '20260105105900+0100', '20260105105900') },
  {
    rule: 'CDA-INTERVAL-ORDER',
    text: change(n3, '<low value="0.270" unit="m[IU]/L"/>', '<low value="10" unit="m[IU]/L"/>'),
  },
  { rule: 'CDA-BIO-RESULT-AFTER-SAMPLING', text: change(n3, '20260105093000+0100', '20260105073000+0100') },
  { rule: 'CDA-TEXTS', text: n3, options: { texts: ['Un texte réglé'] } },
  {
    rule: 'CDA-SUBCONTRACTED',
    text: n3,
    options: { subcontracted: { laboratory: { name: 'LABO' }, analyses: ['3016-3'] } },
  },
  { rule: 'CDA-HDR-RECORDTARGET-INS', text: change(n1, INS_ID, ''), also: ['CDA-HDR-PATIENT-ADDRESS'] },
  { rule: 'CDA-HDR-INS-NOT-QUALIFIED', text: n1, options: { identityQualified: false } },
  { rule: 'CDA-HDR-INS-OID', text: n1, options: { allowTestOids: false } },
  { rule: 'CDA-HDR-INS-KEY', text: makeN1({ ins: '279035121518988' }) },
  { rule: 'CDA-HDR-INS-TRAITS', text: change(n1, '<county>51215</county>', '') },
  { rule: 'CDA-HDR-PATIENT-QUALIFIER', text: change(n1, '<family qualifier="CL">', '<family qualifier="IN">') },
  {
    rule: 'CDA-HDR-PATIENT-FIRST-NAME',
    text: change(n1, '<given>DOMINIQUE MARIE-LOUISE</given>', '<given>MARIE-LOUISE DOMINIQUE</given>'),
  },
  { rule: 'CDA-HDR-PATIENT-FORBIDDEN', text: change(n1, '<birthplace>', '<raceCode code="1"/><birthplace>') },
  {
    rule: 'CDA-HDR-INS-NIR-TRAITS',
    text: change(
      change(n1, '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.8'),
      'administrativeGenderCode code="F"',
      'administrativeGenderCode code="M"',
    ),
  },
  {
    rule: 'CDA-HDR-PATIENT-EXPECTED',
    text: n1,
    options: { patient: { ...QUALIFIED_PATIENT, birthDate: '1979-03-29' } },
  },
  { rule: 'CDA-HDR-PATIENT-ADDRESS', text: change(n1, 'mailto:279035121518989@', 'mailto:162018885045327@') },
  {
    rule: 'CDA-HDR-PATIENT-SINGLE',
    text: change(n1, INS_ID, `${INS_ID}<id root="1.2.250.1.213.1.4.11" extension="162018885045327"/>`),
  },
  { rule: 'CDA-HDR-AUTHOR', text: change(n1, '<time value="20260105105900+0100"/>', '<time nullFlavor="UNK"/>') },
  {
    rule: 'CDA-HDR-CUSTODIAN',
    text: change(
      n1,
      '<representedCustodianOrganization><id root="1.2.250.1.71.4.2.2"',
      '<representedCustodianOrganization><id root="1.2.250.1.71.4.2.3"',
    ),
  },
  { rule: 'CDA-HDR-LEGALAUTHENTICATOR', text: change(n1, '<signatureCode code="S"/>', '') },
  {
    rule: 'CDA-HDR-STRUCTURE-ID',
    text: n1.replace(
      /(<\/assignedPerson><representedOrganization><id root="1\.2\.250\.1\.71\.4\.2\.2" extension=")10B0152872/,
      '$1LABO',
    ),
  },
  { rule: 'CDA-RECIPIENTS', text: n1, options: { recipients: [RECIPIENT, 'absent@medecin.mssante.test'] } },
  { rule: 'CDA-REQUESTER-MAILBOX', text: n3, options: { requesterMailbox: 'absent@medecin.mssante.test' } },
  { rule: 'CDA-HDR-MAIN-EVENT', text: change(n1, '<low value="20260105083000+0100"/>', '') },
  { rule: 'CDA-HDR-PRACTICE-SETTING', text: n1.replace(/<standardIndustryClassCode[^>]*\/>/, '') },
  { rule: 'CDA-HDR-FACILITY', text: change(n1, 'code="SA25"', 'code="LABO"') },
  { rule: 'CDA-BIO-ORDER', text: n3.replace(/<inFulfillmentOf>.*<\/inFulfillmentOf>/, '') },
  { rule: 'CDA-N1-BODY', text: change(n1, 'mediaType="application/pdf"', 'mediaType="text/plain"') },
  { rule: 'CDA-BIO-PDF-COPY', text: change(n3, 'root="1.2.250.1.213.1.1.2.243"', 'root="1.2.250.1.213.1.1.2.244"') },
  { rule: 'CDA-PDF-BYTES', text: makeN1({ pdf: Buffer.from('PK pas un PDF') }) },
  { rule: 'CDA-PDF-A1', text: makeN3({ pdf: makePdf({ part: null }) }) },
  {
    rule: 'CDA-BIO-SECTION-CODE',
    text: n3.replace(
      /(<section>.*?<code code="[^"]*"[^>]*codeSystem=")2\.16\.840\.1\.113883\.6\.1"/su,
      '$11.2.250.1.213.1.1.4.2"',
    ),
  },
  { rule: 'CDA-BIO-CHAPTER', text: change(n3, '1.2.250.1.213.1.1.2.70', '1.2.250.1.213.1.1.2.71') },
  { rule: 'CDA-BIO-ENTRY-TEMPLATES', text: change(n3, '<templateId root="1.2.250.1.213.1.1.3.21"/>', '') },
  { rule: 'CDA-ACTIVE-CONTENT', text: change(n3, '<text><content ', '<text><script>alert(1)</script><content ') },
  {
    rule: 'CDA-EXTERNAL-REFERENCE',
    text: change(n3, '<reference value="#r1"/>', '<reference value="http://exemple.test/r1"/>'),
  },
  { rule: 'CDA-STYLESHEET', text: n3, options: { selfPresenting: true } },
  { rule: 'CDA-DANGLING-REFERENCE', text: change(n3, '#r1', '#r2') },
  { rule: 'CDA-LOINC-CHECK-DIGIT', text: change(n3, 'code="3016-3"', 'code="3016-4"') },
];

describe('rules on one document', () => {
  it('stay silent on a conforming N1 and N3, with everything the bench knows', () => {
    const options: CdaOptions = {
      identityQualified: true,
      patient: QUALIFIED_PATIENT,
      requesterMailbox: REQUESTER,
      recipients: [RECIPIENT],
    };
    expect(check(n1, options)).toEqual([]);
    expect(check(n3, options)).toEqual([]);
    expect(check(makeN3({ version: 2, replaces: '1.2.250.1.999.1.3.0', id: '1.2.250.1.999.1.3.2' }))).toEqual([]);
  });

  it.each(BREAKERS)('$rule', ({ rule, text, options, also = [] }) => {
    const rules = spoke(text, options);
    expect(rules).toContain(rule);
    expect(rules.filter((one) => one !== rule && !also.includes(one))).toEqual([]);
  });

  it('each have a breaker', () => {
    const broken = new Set(BREAKERS.map((one) => one.rule));
    const official = new Set(OFFICIAL_RULES.map(({ id }) => id));
    const alone = RULES.filter((rule) => !/^CDA-(?:PAIR|VERSION)-/.test(rule.id) && !official.has(rule.id)).map(
      (rule) => rule.id,
    );
    expect(alone.filter((id) => !broken.has(id))).toEqual([]);
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });

  it('a document in UTF-16 is judged as any other, and told to be in UTF-8', () => {
    const findings = checkCdaFile(Buffer.from(`\uFEFF${n1.replace('encoding="UTF-8"', '')}`, 'utf16le'));
    expect(findings.map(({ rule, received }) => [rule, received])).toEqual([['CDA-ENCODING', 'UTF-16']]);
  });

  it('want the model of each result, and none of an earlier result inside it', () => {
    const model = '<templateId root="1.2.250.1.213.1.1.3.80"/>';
    const [finding] = check(change(n3, model, ''));
    expect(finding).toMatchObject({ rule: 'CDA-BIO-ENTRY-TEMPLATES', received: '1.3.6.1.4.1.19376.1.3.1.6' });
    expect(finding?.where).toMatch(/\/observation\[1\]$/u);
    const earlier =
      '<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN"/></entryRelationship>';
    expect(check(change(n3, '<referenceRange>', `${earlier}<referenceRange>`))).toEqual([]);
  });

  it('name only the requirement of the level that was read', () => {
    const cut = (text: string): readonly string[] => check(change(text, 'fr-FR', 'fr'))[0]?.requirements ?? [];
    expect(cut(n1)).toEqual(['DOC/va1.27']);
    expect(cut(n3)).toEqual(['DOC/va1.30']);
  });

  it('can be switched off one by one', () => {
    expect(check(makeN1({ ins: '279035121518988' }), { without: ['CDA-HDR-INS-KEY'] })).toEqual([]);
  });

  it('warn, without failing, of an offset cut short and of a document without recipient', () => {
    const short = check(change(n1, '20260105105900+0100', '20260105105900+100'));
    expect(short.map((one) => [one.rule, one.severity])).toEqual([['CDA-HDR-TIME-SHAPE', 'warning']]);
    const nobody = check(n1.replace(/<informationRecipient.*<\/informationRecipient>/, ''));
    expect(nobody.map((one) => [one.rule, one.severity])).toEqual([['CDA-RECIPIENTS', 'warning']]);
  });

  it('want no profession of an author that is a system, and judge one that it has', () => {
    const system = (code: string): string =>
      change(
        n1,
        '</author>',
        `</author><author><time value="20260105105900+0100"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="30B0152872/SGL"/>${code}<assignedAuthoringDevice><softwareName>SGL</softwareName></assignedAuthoringDevice><representedOrganization><id root="1.2.250.1.71.4.2.2" extension="10B0152872"/><name>LABORATOIRE DE TEST</name></representedOrganization></assignedAuthor></author>`,
      );
    expect(check(system('')).map(({ rule }) => rule)).not.toContain('CDA-HDR-AUTHOR');
    const found = check(system('<code code="G15_10" codeSystem="1.2.3"/>')).filter(
      ({ rule }) => rule === 'CDA-HDR-AUTHOR',
    );
    expect(found.map(({ where }) => where)).toEqual(['/ClinicalDocument/author[2]/assignedAuthor[1]']);
    // A person has one.
    expect(check(system('').replaceAll('assignedAuthoringDevice', 'assignedPerson')).map(({ rule }) => rule)).toContain(
      'CDA-HDR-AUTHOR',
    );
  });

  it('accept no INS for an identity that is not qualified', () => {
    const text = change(n1, INS_ID, '').replace(/<telecom value="mailto:279[^>]*>/, '');
    expect(check(text, { identityQualified: false })).toEqual([]);
  });

  it('place an unreadable file by its line', () => {
    expect(check('<ClinicalDocument>\n<a></b>')).toMatchObject([
      { rule: 'CDA-WELLFORMED', layer: 'wellformed', severity: 'error', where: 'ligne 2' },
    ]);
  });
});

describe('hostile and large documents', () => {
  it('lay what the bench cannot read to the bench', () => {
    expect(check(TOO_DEEP)).toMatchObject([{ rule: 'CDA-LIMIT', severity: 'info', benchLimit: true }]);
  });

  it('never make a rule throw', () => {
    const lines = n3.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(4), (at, count) => {
        const cut = [...lines.slice(0, at), ...lines.slice(at + count)].join('\n');
        expect(Array.isArray(check(cut, { patient: QUALIFIED_PATIENT, recipients: [RECIPIENT] }))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('find a text of the narrative whatever its blanks and its elements, and ask none of a level 1', () => {
    const said = change(
      n3,
      '1,950 mUI/l<',
      '1,950 mUI/l<paragraph>Texte <content>réglé par</content>\n l’utilisateur</paragraph><',
    );
    const asked = { texts: ["Texte réglé par l'utilisateur"] };
    expect(check(said, asked)).toEqual([]);
    expect(check(n1, asked)).toEqual([]);
  });

  it('recall earlier results without a warning', () => {
    const recalled =
      '<entryRelationship typeCode="REFR"><observation><effectiveTime value="20250101"/></observation></entryRelationship>';
    expect(check(change(n3, '<referenceRange>', `${recalled}<referenceRange>`))).toEqual([]);
  });
});

describe('checkCdaPair', () => {
  const pair = (left: string, right: string): string[] => {
    const readings = [left, right].map((text) => readCda(Buffer.from(text)));
    const [a, b] = readings.map((reading) => (reading.ok ? reading.document : undefined));
    if (!a || !b) throw new Error('illisible');
    return checkCdaPair(a, b).map((finding) => finding.rule);
  };

  it('is silent on the two forms of one report', () => {
    expect(pair(n3, n1)).toEqual([]);
    expect(pair(n3, makeN1({ effectiveTime: '20260105110001+0100' }))).toEqual([]);
    expect(pair(n3, makeN1({ pdf: makePdf({ text: 'AUTRE' }) }))).toEqual([]);
  });

  it.each([
    ['CDA-PAIR-LEVELS', n3, makeN3({ id: '1.2.250.1.999.1.5', setId: '1.2.250.1.999.1.6' })],
    ['CDA-PAIR-PATIENT', n3, makeN1({ birthName: 'PAT-SIX' })],
    ['CDA-PAIR-IDS', n3, makeN1({ setId: '1.2.250.1.999.1.3' })],
    ['CDA-PAIR-CONTENT', n3, makeN1({ pdf: makePdf({ text: 'AUTRE' }), effectiveTime: '20260106110000+0100' })],
  ])('%s', (rule, left, right) => {
    expect([...new Set(pair(left, right))]).toEqual([rule]);
  });
});

describe('examinations of a subcontractor', () => {
  const performer = (inside: string): string =>
    `<performer typeCode="PRF"><assignedEntity><representedOrganization>${inside}</representedOrganization></assignedEntity></performer>`;
  const named = '<name>Labo  Sous-Traitant</name>';
  const told = (document: string, pdf?: Uint8Array): readonly string[] =>
    checkCdaFile(Buffer.from(document), {
      subcontracted: {
        laboratory: { name: 'LABO SOUS-TRAITANT' },
        analyses: ['3016-3'],
        ...(pdf === undefined ? {} : { pdf }),
      },
    })
      .filter(({ rule }) => rule === 'CDA-SUBCONTRACTED')
      .map(({ received }) => received);
  const withPerformer = (inside: string): string =>
    makeN3().replace(
      /(<observation[^>]*>(?:(?!<\/observation>).)*?code="3016-3".*?)(<\/observation>)/su,
      `$1${inside}$2`,
    );

  it('are structured under who made them, who can be reached', () => {
    expect(told(withPerformer(performer(`${named}<telecom value="tel:0199001234"/>`)))).toEqual([]);
    expect(told(withPerformer(performer(`${named}<addr><city>VILLE</city></addr>`)))).toEqual([]);
  });

  it('are in the paper that is attached', () => {
    const pdf = Buffer.from('%PDF-1.4 essai');
    const media = `<observationMedia classCode="OBS" moodCode="EVN"><value mediaType="application/pdf" representation="B64">${pdf.toString('base64')}</value></observationMedia>`;
    const attached = makeN3().replace(
      '</structuredBody>',
      `<component><section><entry>${media}</entry></section></component></structuredBody>`,
    );
    expect(told(attached, pdf)).toEqual([]);
    expect(told(attached, Buffer.from('%PDF-1.4 autre'))).toHaveLength(1);
  });

  it.each([
    ['nobody', makeN3(), /aucun exécutant/u],
    ['another one', withPerformer(performer('<name>AUTRE</name><telecom value="tel:1"/>')), /AUTRE/u],
    [
      'nowhere',
      withPerformer(performer(`${named}<telecom nullFlavor="MSK"/><addr nullFlavor="MSK"/>`)),
      /sans téléphone/u,
    ],
    ['not at all', makeN3().replaceAll('3016-3', '718-7'), /ni le PDF/u],
  ])('made by %s', (_, document, received) => {
    expect(told(document)).toEqual([expect.stringMatching(received)]);
  });

  it('of a level 1 are on its paper', () => {
    expect(told(makeN1())).toEqual([]);
  });
});

const EXAMPLES = new URL('../../../shared/ci-sis/examples/', import.meta.url);
const hasExamples = existsSync(EXAMPLES);

describe.skipIf(!hasExamples)('official examples (skipped when ../shared/ci-sis/examples is absent)', () => {
  const names = hasExamples ? readdirSync(EXAMPLES).filter((name) => name.endsWith('.xml')) : ['each of them'];
  it('are there', () => expect(names).not.toEqual([]));
  it.each(names)('%s has no error', (name) => {
    const findings = checkCdaFile(readFileSync(new URL(name, EXAMPLES)));
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  });
});
