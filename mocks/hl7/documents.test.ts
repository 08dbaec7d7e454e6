import { beforeEach, describe, expect, it } from 'vitest';
import { makeN1, makeN3, type CdaFixture } from '#formats/cda/cda.fixture.ts';
import { readAck, readBusinessAck, readHl7, readZfa } from '#formats/hl7v2/index.ts';
import { createTestContext } from '../testing.ts';
import { createAttributions } from './attribution.ts';
import { writeBusinessAck } from './business-ack.ts';
import { HL7_DOMAINS } from './feed-types.ts';
import { writeFeed } from './make-feed.ts';
import { createMemory } from './memory.ts';
import { receive } from './receive.ts';
import { createShelf } from './shelf.ts';
import { HL7_SITUATIONS } from './situations.ts';

const context = await createTestContext();
const INS = '279035121518989';
const STAMP = { at: new Date('2026-01-05T10:00:00Z'), controlId: 'B1' };
const receiving = {
  ...context,
  attributions: createAttributions(context.population),
  memory: createMemory(),
  desk: { population: context.population, shelf: createShelf() },
};

beforeEach(() => {
  receiving.memory.forget();
  receiving.desk.shelf.forget();
});

let sent = 0;
const SENDER =
  'PRT||UC||SB^^participation|899900000011^BIO-TEST^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS|||LABO^^^^^^FINEG^^^10B0152872';
const NEEDED = ['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX', 'DESTDMP', 'DESTMSSANTEPS', 'DESTMSSANTEPAT'];

interface Made {
  readonly control?: string;
  readonly type?: string;
  readonly ins?: string;
  readonly document?: CdaFixture;
  readonly yes?: readonly string[];
  readonly change?: readonly [string | RegExp, string];
}

function make({ control = 'NW', type = 'ORU^R01^ORU_R01', ins = INS, document = {}, yes = ['DESTDMP'], change }: Made) {
  sent += 1;
  const mdm = type.startsWith('MDM');
  const id = ins === '' ? '' : `~${ins}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS`;
  const cda = Buffer.from(makeN3(document)).toString('base64');
  const text = [
    `MSH|^~\\&|SGL|LABO|DPI|CH|20260105110000+0100||${type}|D${sent}|P|${mdm ? '2.6' : '2.5'}|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2`,
    ...(mdm ? ['EVN||20260105110000+0100'] : []),
    `PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI${id}||PAT-TROIS^DOMINIQUE`,
    'PV1|1|N',
    `ORC|${control}||X`,
    ...(mdm ? [`TXA|1|11502-2||20260105||||||||${document.id ?? '1.2.250.1.999.1.3.1'}`] : ['OBR|1||X|11502-2']),
    `OBX|1|ED|11502-2^CR^LN||^TEXT^XML^Base64^${cda}||||||F`,
    ...NEEDED.map(
      (code, index) =>
        `OBX|${index + 2}|CE|${code}^x^MetaDMPMSS||${yes.includes(code) ? 'Y' : 'N'}^^expandedYes-NoIndicator||||||F`,
    ),
    SENDER,
    '',
  ].join('\r');
  const changed = change === undefined ? text : text.replace(change[0], change[1]);
  if (change !== undefined && changed === text) throw new Error('nothing changed');
  return Buffer.from(changed);
}

/** What the partner answers: `AA`, or the code, its place and the application code. */
function answered(made: Made, to: typeof receiving = receiving): string {
  const reading = readHl7(receive(make(made), to).ack ?? new Uint8Array());
  const ack = reading.ok ? readAck(reading.message) : undefined;
  return [ack?.code, ack?.error?.code, ack?.error?.location, ack?.error?.application].filter(Boolean).join(' ');
}

describe('a message that carries documents', () => {
  it.each([
    [{}],
    [{ type: 'OUL^R22^OUL_R22' }],
    [{ type: 'MDM^T02^MDM_T02' }],
    [{ yes: [], ins: '' }],
    [{ yes: ['INVISIBLE_PATIENT', 'DESTDMP', 'DESTMSSANTEPS'] }],
  ] satisfies [Made][])('is taken: %j', (made) => {
    expect(answered(made)).toBe('AA');
  });

  it.each([
    ['AE 103 ORC^1^1', { control: 'XX' }],
    ['AE 100 ORC', { change: [/ORC[^\r]*\r/, ''] }],
    ['AE 100 OBX', { change: [/OBX\|1\|ED[^\r]*\r/, ''] }],
    ['AE 102 OBX^1^5', { change: ['Base64^', 'Base64^*'] }],
    ['AE 102 OBX^1^5', { change: [/Base64\^[^|]*/, `Base64^${Buffer.from('bonjour').toString('base64')}`] }],
    ['AE 101 OBX^1^3', { change: [/OBX\|2[^\r]*\r/, ''] }],
    ['AE 103 OBX^2^5', { change: ['||N^^', '||O^^'] }],
    ['AE 103 OBX^2^3', { change: ['^MetaDMPMSS', '^L'] }],
    ['AE 100 PRT', { change: [`${SENDER}\r`, ''] }],
    ['AE 207 PRT^1^8 901', { change: ['^^^10B0152872', ''] }],
    ['AE 207 PID^1^3 903', { ins: '' }],
    ['AE 207 PID^1^3 902', { ins: '111111111111120', document: { ins: '111111111111120' } }],
    ['AE 207 PID^1^3 905', { ins: '2790351215189' }],
    ['AE 207 PID^1^3 904', { document: { ins: '179035121518989' } }],
    ['AE 207 OBX^1^5 906', { yes: ['MASQUE_PS', 'INVISIBLE_PATIENT'] }],
    ['AE 207 OBX^1^5 906', { yes: ['INVISIBLE_PATIENT', 'DESTMSSANTEPAT'] }],
    ['AE 207 OBX^1^5 906', { yes: ['MASQUE_PS', 'DESTMSSANTEPS'] }],
    ['AE 207 ORC^1^1 900', { control: 'RO', document: { replaces: '1.2.3', version: 2 } }],
    ['AE 207 ORC^1^1 900', { control: 'CA' }],
    ['AE 207 TXA^1^12 900', { type: 'MDM^T04^MDM_T02', control: 'CA' }],
  ] satisfies [string, Made][])('is refused %s: %j', (expected, made) => {
    expect(answered(made)).toBe(expected);
  });

  it('may replace or delete what was taken, and not what was deleted', () => {
    const first = '1.2.250.1.999.1.3.1';
    expect(answered({})).toBe('AA');
    expect(answered({ control: 'RO', document: { id: '1.2.3.4', replaces: first, version: 2 } })).toBe('AA');
    expect(answered({ control: 'CA', document: { id: '1.2.3.4' } })).toBe('AA');
    expect(answered({ control: 'CA', document: { id: '1.2.3.4' } })).toBe('AE 207 ORC^1^1 900');
  });

  it('is filed by the lenient partner whatever it says', () => {
    expect(answered({ control: 'XX' }, { ...receiving, profile: 'lenient' })).toBe('AA');
  });

  it('is told whose and which it is', () => {
    const { attribution } = receive(make({}), receiving);
    expect(attribution).toMatchObject({ ins: INS, patient: 'publie-pat-trois', documentIds: ['1.2.250.1.999.1.3.1'] });
  });

  it('leaves a plain flow of results to the identity rules', () => {
    const text = make({})
      .toString()
      .split('\r')
      .filter((line) => !/^(?:OBX|PRT)/.test(line))
      .join('\r');
    const plain = Buffer.from(`${text.replace('|||2.1^CISIS_CDA_HL7_V2', '')}OBX|1|NM|2345-7^Glucose^LN||0.92\r`);
    const reading = readHl7(receive(plain, receiving).ack ?? new Uint8Array());
    expect(reading.ok && readAck(reading.message)?.code).toBe('AA');
  });

  it('is the same whatever its level', () => {
    const text = make({}).toString();
    const n1 = Buffer.from(text.replace(/Base64\^[^|]*/, `Base64^${Buffer.from(makeN1()).toString('base64')}`));
    const reading = readHl7(receive(n1, receiving).ack ?? new Uint8Array());
    expect(reading.ok && readAck(reading.message)?.code).toBe('AA');
  });
});

describe('a situation for documents', () => {
  it('waits for one, and leaves an identity message alone', () => {
    const { situations } = context;
    situations.announce('hl7', HL7_SITUATIONS);
    situations.set({ service: 'hl7', about: 'publie-pat-trois', situation: 'document-ae-207-902', times: 1 });
    const adt = make({}).toString().split('\r').slice(0, 2).join('\r');
    const identity = Buffer.from(
      adt.replace('ORU^R01^ORU_R01', 'ADT^A31^ADT_A05').replace('\rPID', '\rEVN||20260105\rPID'),
    );
    const reading = readHl7(receive(identity, receiving).ack ?? new Uint8Array());
    expect(reading.ok && readAck(reading.message)?.code).toBe('AA');
    expect(answered({})).toBe('AE 207 PID^1^3 902');
    expect(answered({})).toBe('AA');
  });
});

describe('what the partner tells', () => {
  const order = { about: 'M42', domain: HL7_DOMAINS.hopital } as const;
  const read = (bytes: Uint8Array) => {
    const reading = readHl7(bytes);
    if (!reading.ok) throw new Error(reading.fault.message);
    return reading.message;
  };

  it('business acknowledgements name the message and the error', () => {
    const well = readBusinessAck(read(writeBusinessAck({ ...order, event: 'Z01' }, STAMP)));
    expect(well).toMatchObject({ lines: [{ code: 'ACK_RECEPTION_DMP', about: 'M42', value: 'Y' }], errors: [] });
    const error = { code: '422', text: 'Boîte pleine' };
    const badly = readBusinessAck(
      read(writeBusinessAck({ ...order, event: 'Z02', error, mailbox: 'a@b.mssante.test' }, STAMP)),
    );
    expect(badly).toMatchObject({
      lines: [
        { code: 'ACK_RECEPTION_MSS', value: 'N' },
        { code: 'DESTINATAIRE_MSS', type: 'ST', value: 'a@b.mssante.test' },
      ],
      errors: [{ code: '207', severity: 'E', application: '422', text: 'Boîte pleine' }],
    });
  });

  it('choices of the patient are in ZFA, without a date when they were not asked', () => {
    const [patient] = context.population.patients;
    if (patient === undefined) throw new Error('no patient');
    const feed = (consent?: Parameters<typeof writeFeed>[0]['consent']) =>
      readZfa(
        read(
          writeFeed(
            {
              event: 'A31',
              patient,
              domain: HL7_DOMAINS.hopital,
              localId: '42',
              identity: { reliability: 'PROV', withIns: false },
              ...(consent === undefined ? {} : { consent }),
            },
            STAMP,
          ),
        ),
      );
    expect(feed()).toMatchObject({ feeding: 'INO', consultation: 'IC', consultationText: '20260105' });
    expect(feed({ feeding: 'IO', consultation: 'NA' })).toMatchObject({
      feeding: 'IO',
      feedingText: '20260105',
      consultation: 'NA',
      consultationText: '',
    });
  });
});
