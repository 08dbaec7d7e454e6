import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change, makeN1, makeN3 } from '#formats/cda/cda.fixture.ts';
import { checkDelivery, checkMessage, type AskedDelivery, type DocumentOptions } from '../index.ts';
import { FORMER, ID, INS, MAILBOX, makeMessage, METAS, SENDER, TO_DOCTOR } from './documents.fixture.ts';

const found = (text: string, documents: DocumentOptions = {}) => checkMessage(Buffer.from(text), { documents });
const rules = (text: string, documents?: DocumentOptions): string[] => [
  ...new Set(found(text, documents).map(({ rule }) => rule)),
];
const errors = (text: string, documents?: DocumentOptions): string[] => [
  ...new Set(
    found(text, documents)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule }) => rule),
  ),
];

const ASKED: AskedDelivery = {
  hiddenFromProfessionals: false,
  hiddenFromPatient: false,
  hiddenFromLegalRepresentatives: false,
  secretConnection: false,
  toDmp: true,
  professionals: [MAILBOX],
  toPatient: true,
};
const ORU = makeMessage();
const MDM = makeMessage({ kind: 'MDM' });
const RO = makeMessage({ control: 'RO' });
const metas = (over: Readonly<Record<string, string>>) => ({ ...METAS, ...over });
/** The same document for professionals alone. */
const DOCTOR = [SENDER, TO_DOCTOR];

describe('a conforming message', () => {
  it.each([
    ['ORU', ORU],
    ['OUL', makeMessage({ kind: 'OUL' })],
    ['MDM', MDM],
    ['replacement', RO],
    ['MDM T10', makeMessage({ kind: 'MDM', control: 'RO' })],
    ['deletion', makeMessage({ control: 'CA' })],
    ['MDM T04', makeMessage({ kind: 'MDM', control: 'CA' })],
    ['N1', makeMessage({ cda: makeN1() })],
    [
      'invisible to the patient',
      makeMessage({ metas: metas({ INVISIBLE_PATIENT: 'Y', DESTMSSANTEPAT: 'N' }), participations: DOCTOR }),
    ],
    [
      'DMP alone',
      makeMessage({
        metas: metas({ MASQUE_PS: 'Y', DESTMSSANTEPS: 'N', DESTMSSANTEPAT: 'N' }),
        participations: [SENDER],
      }),
    ],
    [
      'FIN',
      change(
        ORU,
        'DESTMSSANTEPAT^Libellé^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F\r',
        'DESTMSSANTEPAT^Libellé^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F\rNTE|1|||FIN\r',
      ),
    ],
    ['older profile', change(ORU, '2.1^CISIS', '1.2^CISIS')],
    ['older name of the reading receipt', change(ORU, 'ACK_LECTURE_MSS', 'ACK_LECTURE')],
    ['CRLF', ORU.replaceAll('\r', '\r\n')],
  ])('is let pass: %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('says what was chosen', () => {
    expect(found(ORU, { asked: ASKED })).toEqual([]);
  });

  it('tells to a professional alone is only warned of: the volet forbids it, and shows it', () => {
    const text = makeMessage({ metas: metas({ DESTMSSANTEPAT: 'N' }), participations: DOCTOR });
    expect(found(text)).toMatchObject([{ rule: 'HL7-META-COMBINATION', severity: 'warning' }]);
  });

  it('a plain flow of results is not one of documents', () => {
    const lines = ORU.split('\r').filter((line) => !/^(?:OBX|PRT)/.test(line));
    const plain = change(lines.join('\r'), '|||2.1^CISIS_CDA_HL7_V2', '');
    const said = rules(`${plain}OBX|1|NM|2345-7^Glucose^LN||0.92||||||F\r`);
    expect(said.filter((rule) => rule !== 'HL7-RES-ORDER')).toEqual(['HL7-MSH-PROFILE']);
  });
});

const withBase64 = (cda: string): string => makeMessage({ cda });

describe('a message with one thing wrong', () => {
  it.each([
    ['HL7-MSH-PROFILE', change(ORU, '|||2.1^CISIS_CDA_HL7_V2', '')],
    ['HL7-DOC-SEGMENTS', change(ORU, 'PV1|1|N\r', '')],
    ['HL7-DOC-SEGMENTS', change(change(MDM, 'PV1|1|N\r', ''), 'EVN||', 'PV1|1|N\rEVN||')],
    ['HL7-DOC-SEGMENTS', MDM.replace(/\rTXA[^\r]*/, '')],
    ['HL7-DOC-CONTROL', change(ORU, 'ORC|NW', 'ORC|XX')],
    ['HL7-DOC-CONTROL', change(MDM, 'ORC|NW', 'ORC|RO')],
    ['HL7-DOC-OBX', change(ORU, '^TEXT^XML^', '^TEXT^HTML^')],
    ['HL7-DOC-OBX', ORU.replace(/(OBX\|1\|ED.*)F\r/, '$1P\r')],
    ['HL7-DOC-OBX', change(ORU, 'OBX|1|ED', 'OBX|1|ST')],
    ['HL7-DOC-TXA', MDM.replace(/(TXA.*)\|LA\|/, '$1|DI|')],
    ['HL7-DOC-TXA', MDM.replace(/(TXA.*)\|899900000011\^BIO-TEST\^EVA/, '$1|')],
    ['HL7-DOC-CONTENT', ORU.replace(/Base64\^\w{40}/, 'Base64^')],
    ['HL7-DOC-CONTENT', ORU.replace(/Base64\^\w/, 'Base64^*')],
    ['HL7-DOC-CODE', change(ORU, 'OBR|1||D1|11502-2', 'OBR|1||D1|11526-1')],
    ['HL7-DOC-CODE', change(ORU, 'OBX|1|ED|11502-2', 'OBX|1|ED|11526-1')],
    ['HL7-DOC-PATIENT', withBase64(makeN3({ birthName: 'AUTRE' }))],
    ['HL7-DOC-PATIENT', change(ORU, '|19790328|', '|19790329|')],
    ['HL7-DOC-TXA-ID', change(MDM, `||${ID}|`, '||1.2.3|')],
    ['HL7-DOC-TXA-ID', MDM.replace('|899900000011^BIO-TEST^EVA\rOBX', '|899900000029^BIO-TEST^EVA\rOBX')],
    ['HL7-DOC-REPLACES', makeMessage({ document: { replaces: FORMER, version: 2 } })],
    ['HL7-DOC-REPLACES', change(ORU, 'ORC|NW', 'ORC|RO')],
    ['HL7-DOC-REPLACES', makeMessage({ kind: 'MDM', control: 'RO' }).replace(`|${FORMER}|`, '|1.2.3|')],
    ['HL7-META-FORM', change(ORU, 'MASQUE_PS^Libellé^MetaDMPMSS', 'MASQUE_PS^Libellé^L')],
    ['HL7-META-FORM', ORU.replace('|CE|', '|CWE|')],
    ['HL7-META-FORM', change(ORU, 'ACK_RECEPTION^Libellé^MetaDMPMSS||N^', 'ACK_RECEPTION^Libellé^MetaDMPMSS||O^')],
    ['HL7-META-FORM', change(ORU, SENDER, `OBX|12|ED|CORPSMAIL_PS^Corps^MetaDMPMSS||^TEXT^^Base64^||||||F\r${SENDER}`)],
    [
      'HL7-META-COMPLETE',
      makeMessage({
        metas: Object.fromEntries(Object.entries(METAS).filter(([code]) => code !== 'CONNEXION_SECRETE')),
      }),
    ],
    [
      'HL7-META-ONCE',
      change(ORU, SENDER, `OBX|12|CE|MASQUE_PS^x^MetaDMPMSS||N^^expandedYes-NoIndicator||||||F\r${SENDER}`),
    ],
    ['HL7-META-ORDER', ORU.replace(/(OBX\|1\|[^\r]*\r)(OBX\|2\|[^\r]*\r)/, '$2$1')],
    ['HL7-META-COMBINATION', makeMessage({ metas: metas({ INVISIBLE_PATIENT: 'Y' }) })],
    [
      'HL7-META-COMBINATION',
      makeMessage({
        metas: metas({ MASQUE_PS: 'Y', INVISIBLE_PATIENT: 'Y', DESTMSSANTEPS: 'N', DESTMSSANTEPAT: 'N' }),
        participations: [SENDER],
      }),
    ],
    [
      'HL7-META-NOTE',
      change(
        ORU,
        'MASQUE_PS^Libellé^MetaDMPMSS||N^^expandedYes-NoIndicator||||||F\r',
        'MASQUE_PS^Libellé^MetaDMPMSS||N^^expandedYes-NoIndicator||||||F\rNTE|1|||FIN\r',
      ),
    ],
    ['HL7-PRT-FORM', change(ORU, 'PRT||UC||SB', 'PRT||AD||SB')],
    ['HL7-PRT-SENDER', change(ORU, `${SENDER}\r`, '')],
    ['HL7-PRT-SENDER', change(ORU, '^IDNPS', '^XX')],
    ['HL7-PRT-ADDRESS', change(ORU, `^^X.400^${INS}@`, '^^X.400^179035121518989@')],
    ['HL7-PRT-ADDRESS', change(ORU, `^^X.400^${MAILBOX}`, `^^Internet^${MAILBOX}`)],
    ['HL7-PRT-RECIPIENTS', change(ORU, `${TO_DOCTOR}\r`, '')],
    ['HL7-PRT-RECIPIENTS', makeMessage({ metas: metas({ INVISIBLE_PATIENT: 'Y', DESTMSSANTEPAT: 'N' }) })],
  ])('%s', (rule, text) => {
    expect(errors(text)).toEqual([rule]);
  });

  it('HL7-DOC-ONE: an MDM with two documents', () => {
    const two = MDM.replace(/(OBX\|1\|ED[^\r]*\r)/, '$1$1');
    expect(errors(two)).toEqual(['HL7-DOC-ONE']);
  });

  it('HL7-META-COMPLETE is softer about what the samples alone show', () => {
    const { ACK_RECEPTION: _, ...rest } = METAS;
    expect(found(makeMessage({ metas: rest }))).toMatchObject([{ rule: 'HL7-META-COMPLETE', severity: 'warning' }]);
  });

  it('says where in the file', () => {
    const [finding] = found(change(ORU, '^IDNPS', '^XX'));
    expect(finding?.where).toBe('PRT-5.13 (segment 17)');
    const [carried] = found(withBase64(change(makeN3(), '<realmCode code="FR"/>', '<realmCode code="BE"/>')));
    expect(carried?.rule).toMatch(/^CDA-/);
    expect(carried?.where).toMatch(/^CDA de OBX \(segment 6\), /);
  });

  it('an identity that has no INS cannot be written to at the address of the patient', () => {
    const text = ORU.replace(/\|279035121518989\^\^\^[^~]*~/, '|');
    expect(errors(text)).toEqual(expect.arrayContaining(['HL7-DOC-PATIENT', 'HL7-PRT-ADDRESS']));
  });
});

describe('what was chosen in the product', () => {
  it.each([
    [{ hiddenFromPatient: true }, 'HL7-META-ASKED'],
    [{ hiddenFromProfessionals: true }, 'HL7-META-ASKED'],
    [{ hiddenFromLegalRepresentatives: true }, 'HL7-META-ASKED'],
    [{ secretConnection: true }, 'HL7-META-ASKED'],
    [{ toDmp: false }, 'HL7-META-ASKED'],
    [{ professionals: ['autre@medecin.mssante.test'] }, 'HL7-PRT-ASKED'],
  ] as const)('%j', (over, rule) => {
    expect(errors(ORU, { asked: { ...ASKED, ...over } })).toEqual([rule]);
  });
});

describe('checkDelivery', () => {
  const n3 = makeN3();
  const n1 = makeN1();
  const toDmp = { metas: metas({ DESTMSSANTEPS: 'N', DESTMSSANTEPAT: 'N' }), participations: [SENDER] };
  const bytes = (text: string) => Buffer.from(text);
  const both = [makeMessage({ cda: n3 }), makeMessage({ cda: n1, ...toDmp })];
  const produced = [
    { id: ID, bytes: bytes(n3) },
    { id: '1.2.250.1.999.1.1.1', bytes: bytes(n1) },
  ];
  const judge = (texts: readonly string[], asked = ASKED, kept = produced): string[] =>
    checkDelivery({
      asked,
      messages: texts.map((text, index) => ({ label: `message ${index + 1}`, bytes: bytes(text) })),
      produced: kept,
    }).map(({ rule, received }) => `${rule} ${received}`);

  it('lets both levels and every destination pass', () => {
    expect(judge(both)).toEqual([]);
  });

  it.each([
    ['HL7-DELIVERY-FORMS aucun CDA N1 lisible', both.slice(0, 1), ASKED],
    [
      'HL7-DELIVERY-DESTINATIONS aucun message ne demande l’envoi à autre@medecin.mssante.test',
      both,
      { ...ASKED, professionals: [MAILBOX, 'autre@medecin.mssante.test'] },
    ],
    [
      'HL7-DELIVERY-DESTINATIONS l’envoi au patient n’est demandé par aucun message',
      [
        makeMessage({ metas: metas({ INVISIBLE_PATIENT: 'Y', DESTMSSANTEPAT: 'N' }), participations: DOCTOR }),
        both[1] ?? '',
      ],
      ASKED,
    ],
  ])('%s', (expected, texts, asked) => {
    expect(judge(texts, asked)).toEqual([expected]);
  });

  it('compares the document with the one that the product keeps', () => {
    const [first] = judge(both, ASKED, [{ id: ID, bytes: bytes(`${n3}\n`) }]);
    expect(first).toMatch(/^HL7-DELIVERY-SAME le document /);
  });
});

it('never throws, whatever was cut from a message or put in it', () => {
  const piece = fc.constantFrom(
    '|',
    '^',
    '~',
    '&',
    '\\',
    '\r',
    '\n',
    'OBX|',
    'PRT|',
    'TXA|',
    'Base64^',
    '\\X',
    'é',
    '\0',
  );
  fc.assert(
    fc.property(fc.constantFrom(ORU, MDM, RO), fc.nat(), fc.nat(400), fc.array(piece), (text, at, cut, put) => {
      const from = at % text.length;
      const hostile = Buffer.from(text.slice(0, from) + put.join('') + text.slice(from + cut));
      expect(() => checkMessage(hostile, { documents: { asked: ASKED } })).not.toThrow();
    }),
    { numRuns: 60 },
  );
});
