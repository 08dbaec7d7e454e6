import { describe, expect, it } from 'vitest';
import { change, makeN3 } from '#formats/cda/cda.fixture.ts';
import { checkDelivery, checkMessage } from '../index.ts';
import { FORMER, ID, makeMessage, SENDER } from './documents.fixture.ts';

const found = (text: string) => checkMessage(Buffer.from(text));
const rules = (text: string, severity = 'error') => [
  ...new Set(found(text).flatMap((one) => (one.severity === severity ? [one.rule] : []))),
];

const ORU = makeMessage();
const OUL = makeMessage({ kind: 'OUL' });
const MDM = makeMessage({ kind: 'MDM' });
const PDF = Buffer.from('%PDF-1.4\n').toString('base64');
const WITH_PDF = `OBX|99|ED|11502-2^CR d'examens biologiques^LN||^application^pdf^Base64^${PDF}||||||F\r`;
/** Number with an extension, as some products give it. */
const EXTENDED = makeN3({ version: 2, replaces: FORMER })
  .replace(`<id root="${ID}"/>`, '<id root="1.2.250.1.999.1" extension="D7"/>')
  .replace(`<id root="${FORMER}"/>`, '<id root="1.2.250.1.999.1" extension="D6"/>');

describe('what HL7 allows beside what the samples show is no fault', () => {
  it.each([
    ['a Z segment', change(ORU, '\rORC|', '\rZPI|1|à nous\rORC|')],
    ['a visit with an additional segment', change(ORU, '\rORC|', '\rPV2||^^\rORC|')],
    [
      'a comment after an observation that is no FIN',
      change(ORU, `\r${SENDER}`, `\rNTE|1||Relu par le biologiste\r${SENDER}`),
    ],
    ['observations of the specimen before the order', specimen(OUL)],
    ['two orders, one a document', twice(ORU)],
    ['the sender said for each document', change(ORU, '\rOBX|2|', `\r${SENDER}\rOBX|2|`)],
    [
      'several profiles in MSH-21',
      change(ORU, '|2.1^CISIS_CDA_HL7_V2', '|1.0^AUTRE~2.1^CISIS_CDA_HL7_V2^1.2.250.1.213^ISO'),
    ],
    ['the country in MSH-12', change(ORU, '|P|2.5|', '|P|2.5^FRA|')],
    ['other character sets after the first', change(ORU, '|UNICODE UTF-8|', '|UNICODE UTF-8~8859/15|')],
    ['the mode of processing in MSH-11', change(ORU, '|P|2.5|', '|P^T|2.5|')],
    ['a line end in the base64, escaped', ORU.replace(/(Base64\^.{76})/, '$1\\.br\\')],
    ['the PDF beside the CDA', change(ORU, '\rOBX|2|', `\r${WITH_PDF}OBX|2|`)],
    ['the number of the document as an OID in EI.3', change(MDM, `||${ID}|`, `||^^${ID}^ISO|`)],
    ['a document that a platform got by secure mail, with its mail', received(MDM)],
    ['fields that say nothing at the end', ORU.replace('\rPV1|1|N\r', '\rPV1|1|N|||||||||||\r')],
    [
      'the sex of a person, unknown on both sides',
      change(ORU, '|19790328|F|', '|19790328|U|').replace(
        /Base64\^[^|]+/,
        `Base64^${base64(change(makeN3(), 'code="F"', 'code="UN"'))}`,
      ),
    ],
  ])('%s', (what, text) => {
    const expected = what.startsWith('the sex') ? ['HL7-PID8'] : [];
    expect(rules(text).filter((rule) => rule.startsWith('HL7-'))).toEqual(expected);
  });

  it('a role of its own is only warned of', () => {
    const text = change(ORU, `\r${SENDER}`, '\rPRT||UC||PB^Biologiste^HL70912|899900000011^BIO\r' + SENDER);
    expect(rules(text)).toEqual([]);
    expect(rules(text, 'warning')).toEqual(['HL7-PRT-FORM']);
  });

  it('results without documents follow IHE: HL7 2.5.1 as well', () => {
    const plain = (version: string) =>
      `MSH|^~\\&|SGL|LABO|DPI|CH|20260105110000+0100||ORU^R01^ORU_R01|M1|P|${version}|||||FRA|UNICODE UTF-8\r` +
      'PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI||PAT^DOMINIQUE^DOMINIQUE^^^^L||19790328|F\rOBR|1||D1|11502-2^CR^LN|||||||||||||||||||||F\rOBX|1|NM|2345-7^Glucose^LN||0.92||||||F\r';
    expect(rules(plain('2.5.1'))).toEqual([]);
    expect(rules(plain('2.3'))).toEqual(['HL7-MSH-VERSION']);
    expect(rules(change(ORU, '|P|2.5|', '|P|2.5.1|'))).toEqual(['HL7-MSH-VERSION']);
  });

  it('a document whose number has an extension is compared whole', () => {
    const text = makeMessage({ kind: 'MDM', control: 'RO', cda: EXTENDED }).replace(
      `|${ID}|${FORMER}|`,
      '|D7^^1.2.250.1.999.1^ISO|D6^^1.2.250.1.999.1^ISO|',
    );
    expect(rules(text).filter((rule) => rule.startsWith('HL7-'))).toEqual([]);
    expect(rules(text.replace('|D7^^', '|D8^^'))).toContain('HL7-DOC-TXA-ID');
    expect(rules(text.replace('|D6^^', '|D5^^'))).toContain('HL7-DOC-REPLACES');
  });

  it('and is found among those of the product', () => {
    const message = makeMessage({ control: 'RO', cda: EXTENDED });
    const judged = (id: string) =>
      checkDelivery({
        asked: {
          hiddenFromProfessionals: false,
          hiddenFromPatient: false,
          hiddenFromLegalRepresentatives: false,
          secretConnection: false,
          toDmp: true,
          professionals: [],
          toPatient: false,
        },
        messages: [{ label: 'message', bytes: Buffer.from(message) }],
        produced: [{ id, bytes: Buffer.from(`${EXTENDED}\n`) }],
      }).map(({ rule }) => rule);
    for (const id of ['1.2.250.1.999.1^D7', '1.2.250.1.999.1.D7']) expect(judged(id)).toContain('HL7-DELIVERY-SAME');
    expect(judged('1.2.250.1.999.1')).not.toContain('HL7-DELIVERY-SAME');
  });
});

describe('what HL7 does not allow is still told, in its place', () => {
  it('two senders', () => {
    const other = SENDER.replace('899900000011', '899900000029');
    expect(found(change(ORU, '\rOBX|2|', `\r${other}\rOBX|2|`))).toMatchObject([
      { rule: 'HL7-PRT-SENDER', received: expect.stringContaining('899900000029') as string },
    ]);
  });

  it.each(['ST', 'TX', 'FT'])('a CDA in an observation of type %s', (type) => {
    expect(found(change(ORU, 'OBX|1|ED', `OBX|1|${type}`))).toMatchObject([
      { rule: 'HL7-DOC-OBX', where: 'OBX-2 (segment 6)', received: `${type}, avec un CDA dans OBX-5`, expected: 'ED' },
    ]);
  });

  it('a PDF that is none, and a PDF alone', () => {
    const lie = change(ORU, '^TEXT^XML^', '^application^pdf^');
    expect(rules(lie)).toEqual(['HL7-DOC-OBX']);
    expect(rules(ORU.replace(/Base64\^[^|]+/, `Base64^${PDF}`).replace('^TEXT^XML^', '^application^pdf^'))).toEqual([
      'HL7-DOC-OBX',
    ]);
  });

  it('characters that are not those of MSH-18', () => {
    const accented = change(ORU, 'INVISIBLE_PATIENT^Libellé^', 'INVISIBLE_PATIENT^Non visible, été^');
    const lie = change(accented, '|UNICODE UTF-8|', '|8859/15|');
    expect(found(lie)).toMatchObject([{ rule: 'HL7-MSH-CHARSET-TRUE', where: 'MSH-18 et OBX (segment 7)' }]);
    const said = Buffer.from(lie, 'latin1');
    expect(checkMessage(said)).toEqual([]);
    const unreadable = checkMessage(Buffer.from(accented, 'latin1'));
    expect(unreadable).toMatchObject([
      { rule: 'HL7-READABLE', received: expect.stringContaining('segment 7 (OBX)') as string },
    ]);
  });
});

function received(text: string): string {
  const lines = text.split('\r').filter((line) => !/MetaDMPMSS|^PRT/.test(line));
  const mail = `OBX|2|ED|Votre compte rendu||^text^^Base64^${base64('Bonjour')}||||||F`;
  return change([...lines, mail, ''].join('\r'), '2.1^CISIS_CDA_HL7_V2', '1.1^CISIS_CDA_HL7_LPS');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function specimen(text: string): string {
  const before = 'SPM|1|||BLD^Sang^HL70487\rOBX|1|ST|30954-2^Hémolyse^LN||non||||||F\r';
  return change(text, '\rOBR|', `\r${before}OBR|`);
}

function twice(text: string): string {
  const [order] = /\rORC\|[^\r]*\rOBR[^\r]*\rOBX\|1\|[^\r]*/.exec(text) ?? [''];
  return change(text, '\rOBX|2|', `${order}\rOBX|2|`);
}
