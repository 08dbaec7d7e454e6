import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  documentAct,
  readBusinessAck,
  readHl7,
  readObservations,
  readOrder,
  readParticipations,
  readTxa,
  readZfa,
  spanOf,
  type Hl7Message,
} from './index.ts';

const MSH = 'MSH|^~\\&|SGL|LABO|DPI|CH|20260105100000+0100||ORU^R01^ORU_R01|M1|P|2.5|||||FRA|UNICODE UTF-8';

function message(...lines: string[]): Hl7Message {
  const reading = readHl7(Buffer.from([MSH, ...lines, ''].join('\r')));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.message;
}

function named(read: Hl7Message, name: string) {
  const found = read.segments.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** The bytes that a span names, as text. */
function shown(read: Hl7Message, ...part: Parameters<typeof spanOf> extends [unknown, ...infer Rest] ? Rest : never) {
  const span = spanOf(read, ...part);
  return span && Buffer.from(read.raw.subarray(span.start, span.end)).toString('utf8');
}

describe('spanOf', () => {
  const read = message('PID|||42^^^LABO&1.2&ISO^PI~7^^^Éa&3.4&ISO^INS||É^A\\T\\B', 'OBX|1|ST|x||fin');

  it('finds the bytes of a segment, a field and what is in it, after accents', () => {
    const pid = named(read, 'PID');
    expect(shown(read, pid)).toBe('PID|||42^^^LABO&1.2&ISO^PI~7^^^Éa&3.4&ISO^INS||É^A\\T\\B');
    expect(shown(read, pid, 3, { repetition: 2 })).toBe('7^^^Éa&3.4&ISO^INS');
    expect(shown(read, pid, 3, { repetition: 2, component: 4, subcomponent: 2 })).toBe('3.4');
    expect(shown(read, pid, 3, { component: 1 })).toBe('42');
    expect(shown(read, pid, 5, { component: 2 })).toBe('A\\T\\B');
    expect(shown(read, named(read, 'OBX'), 5)).toBe('fin');
  });

  it('counts MSH as HL7 does', () => {
    const msh = named(read, 'MSH');
    expect([1, 2, 3, 10, 18].map((field) => shown(read, msh, field))).toEqual([
      '|',
      '^~\\&',
      'SGL',
      'M1',
      'UNICODE UTF-8',
    ]);
  });

  it('says nothing of what is not there', () => {
    expect(spanOf(read, named(read, 'OBX'), 12)).toBeUndefined();
    expect(spanOf(read, named(read, 'PID'), 3, { repetition: 3 })).toBeUndefined();
  });

  it.each([
    ['8859/15', 'latin1'],
    ['UNICODE UTF-8', 'utf8'],
  ] as const)('counts bytes in %s, segments ended by CRLF', (declared, encoding) => {
    const text = `${MSH.replace('UNICODE UTF-8', declared)}\r\nPID|||É~É\r\nOBX|1|ST|Éx||fin\r\n`;
    const reading = readHl7(Buffer.from(text, encoding));
    if (!reading.ok) throw new Error(reading.fault.message);
    const obx = named(reading.message, 'OBX');
    const span = spanOf(reading.message, obx, 5);
    expect(Buffer.from(reading.message.raw.subarray(span?.start, span?.end)).toString('latin1')).toBe('fin');
  });

  it('does not count a byte order mark as text', () => {
    const reading = readHl7(Buffer.from(`\uFEFF${MSH}\rPID|1`));
    if (!reading.ok) throw new Error(reading.fault.message);
    expect(shown(reading.message, named(reading.message, 'PID'))).toBe('PID|1');
  });

  it('cuts every message into the texts that its segments hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }), (texts) => {
        const safe = texts.map((text) => text.replaceAll(/[\r\n\ud800-\udfff]/g, '_'));
        const one = message(`ZZZ|${safe.join('|')}`, 'PID|1');
        expect(shown(one, named(one, 'PID'))).toBe('PID|1');
        for (const segment of one.segments) expect(shown(one, segment)).toBe(segment.raw);
      }),
    );
  });
});

const CDA = '<ClinicalDocument xmlns="urn:hl7-org:v3"/>';
const ed = (encoding: string, data: string) => message(`OBX|1|ED|11502-2^CR^LN||^TEXT^XML^${encoding}^${data}||||||F`);

describe('readObservations', () => {
  it('gives a document carried in base64, or as escaped XML', () => {
    const base64 = Buffer.from(CDA).toString('base64');
    for (const read of [ed('Base64', base64), ed('A', CDA.replaceAll('&', '\\T\\'))]) {
      const [document] = readObservations(read).documents;
      expect(document).toMatchObject({ code: '11502-2', dataType: 'TEXT', subtype: 'XML', status: 'F' });
      expect(Buffer.from(document?.bytes ?? []).toString()).toBe(CDA);
    }
  });

  it('undoes escapes in a document that is not in base64', () => {
    const [document] = readObservations(ed('', 'a\\F\\b\\S\\c\\R\\d\\E\\e\\X0A\\')).documents;
    expect(Buffer.from(document?.bytes ?? []).toString()).toBe('a|b^c~d\\e\n');
  });

  it.each(['PGEu*A==', 'PGE', 'P=GE', '===='])('does not decode %j by halves', (data) => {
    expect(readObservations(ed('Base64', data)).documents[0]?.bytes).toBeUndefined();
  });

  it('says what becomes of the documents, with the comments that follow', () => {
    const { documents, metas } = readObservations(
      message(
        'OBX|1|NM|2345-7^Glucose^LN||0.92',
        'OBX|2|CE|DESTMSSANTEPAT^Destinataire patient^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F',
        'NTE|1|||FIN',
        'OBX|3|CE|MASQUE_PS^^AUTRE||N^^x',
        `OBX|4|ED|CORPSMAIL_PS^Corps^MetaDMPMSS||^TEXT^^Base64^${Buffer.from('Bonjour é').toString('base64')}||||||F`,
      ),
    );
    expect(documents).toEqual([]);
    expect(metas).toMatchObject([
      { code: 'DESTMSSANTEPAT', value: 'Y', table: 'expandedYes-NoIndicator', notes: ['FIN'] },
      { code: 'MASQUE_PS', system: 'AUTRE', value: 'N', notes: [] },
      { code: 'CORPSMAIL_PS', type: 'ED', text: 'Bonjour é' },
    ]);
  });

  it('reads a document of 20 MB, and refuses a message of 50 MB', () => {
    const bytes = Buffer.alloc(20 * 1024 * 1024, 0x41);
    const [document] = readObservations(ed('Base64', bytes.subarray(0, 15 * 1024 * 1024).toString('base64'))).documents;
    expect(document?.bytes).toHaveLength(15 * 1024 * 1024);
    const huge = readHl7(Buffer.concat([Buffer.from(`${MSH}\rOBX|1|ED|1||`), Buffer.alloc(50 * 1024 * 1024, 0x41)]));
    expect(huge).toMatchObject({ ok: false, fault: { code: 'HL7_TOO_LARGE' } });
  });
});

it('readParticipations gives who takes part and where they are written to', () => {
  const [sender, recipient] = readParticipations(
    message(
      'PRT||UC||SB^^participation|899700000001^BLUE^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS|||LABO^^^^^^FINEG^^^10B0127189',
      'PRT||UC||RCT^^participation|||||||||||^^X.400^a@x.mssante.fr~^^X.400^b@x.mssante.fr',
    ),
  );
  expect(sender).toMatchObject({
    action: 'UC',
    role: 'SB',
    roleSystem: 'participation',
    person: {
      id: '899700000001',
      familyName: 'BLUE',
      givenName: 'EVA',
      authority: '1.2.250.1.71.4.2.1',
      type: 'IDNPS',
    },
    organization: { name: 'LABO', type: 'FINEG', id: '10B0127189' },
    addresses: [],
  });
  expect(recipient?.addresses).toEqual([
    { kind: 'X.400', address: 'a@x.mssante.fr', repetition: 1 },
    { kind: 'X.400', address: 'b@x.mssante.fr', repetition: 2 },
  ]);
});

it('readOrder and readTxa tell what is asked, of which document', () => {
  const oru = message('ORC|RO||D1', 'OBR|1||D1|11502-2^CR^LN');
  expect(readOrder(oru)).toMatchObject({ control: 'RO', code: '11502-2', system: 'LN' });
  expect([documentAct(oru), documentAct(message('ORC|XX')), readTxa(oru)]).toEqual([
    'remplacement',
    undefined,
    undefined,
  ]);
  const reading = readHl7(
    Buffer.from(
      `${MSH.replace('ORU^R01^ORU_R01', 'MDM^T04^MDM_T02')}\rTXA|1|CR^x||20260105||||||||1.2.3^^1.2|1.2.2||||LA|||||899^BLUE`,
    ),
  );
  if (!reading.ok) throw new Error(reading.fault.message);
  expect(documentAct(reading.message)).toBe('suppression');
  expect(readTxa(reading.message)).toMatchObject({
    type: 'CR',
    activityText: '20260105',
    id: '1.2.3',
    parentId: '1.2.2',
    completion: 'LA',
    authenticator: '899',
  });
});

it('readBusinessAck gives the lines of a ZAM and its errors', () => {
  const reading = readHl7(
    Buffer.from(
      [
        MSH.replace('ORU^R01^ORU_R01', 'ZAM^Z02^ZAM_Z02'),
        'OBX|1|CWE|ACK_RECEPTION_MSS^x^AckMetierZAM|M42|N^^expandedYes-NoIndicator||||||F',
        'ERR|||207^Application error^messageErrorCondition|E|422^Boîte pleine^SMTPERRORCODE',
      ].join('\r'),
    ),
  );
  if (!reading.ok) throw new Error(reading.fault.message);
  expect(readBusinessAck(reading.message)).toMatchObject({
    lines: [{ code: 'ACK_RECEPTION_MSS', about: 'M42', value: 'N', status: 'F' }],
    errors: [{ code: '207', severity: 'E', application: '422', text: 'Boîte pleine' }],
  });
  expect(readBusinessAck(message('OBX|1'))).toBeUndefined();
});

it('readZfa gives the choices of the patient, with their dates', () => {
  expect(readZfa(message('ZFA|ACTIF|20260101|||||||IO|20260102|INC|20260103'))).toMatchObject({
    status: 'ACTIF',
    feeding: 'IO',
    feedingText: '20260102',
    consultation: 'INC',
    consultationText: '20260103',
  });
  expect(readZfa(message('PID|1'))).toBeUndefined();
});

it('never throws, whatever the message', () => {
  const junk = fc.array(fc.constantFrom('OBX', 'PRT', 'TXA', 'ZFA', 'ERR', '|', '^', '~', '&', '\\', 'ED', 'x', '\r'));
  fc.assert(
    fc.property(junk, (parts) => {
      const reading = readHl7(Buffer.from(`${MSH}\r${parts.join('')}`));
      if (!reading.ok) return;
      for (const read of [readObservations, readParticipations, readOrder, readTxa, readZfa, readBusinessAck]) {
        expect(() => read(reading.message)).not.toThrow();
      }
    }),
  );
});
