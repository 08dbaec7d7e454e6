import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import { decodeMessage, encodeMessage } from '../hl7/bytes.ts';
import { writeAck } from '../hl7/ack.ts';
import { readMessage, type Hl7Message } from '../hl7/message.ts';
import { exchangeMllp, listenMllp, type MllpListener } from '../hl7/mllp.ts';
import { Hl7Refusal } from '../hl7/types.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { recordingChannels, startTestLaboratory, type TestLaboratory, testConfig } from '../testing/laboratory.ts';

const TRAITS = {
  birthName: 'PAT-TROIS',
  firstNames: ['DOMINIQUE'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
const NOW = new Date('2026-11-22T10:00:00Z');
const MAILBOX = 'un@cabinet.mssante.test';

let pki: TestPki;
let laboratory: TestLaboratory;
let hospital: MllpListener;
let received: Hl7Message[];
let refusal: Hl7Refusal | undefined;
let patientId: string;
let channels: ReturnType<typeof recordingChannels>;

beforeAll(async () => {
  pki = await createTestPki();
});
afterAll(() => pki.remove());
afterEach(async () => {
  await laboratory.server.close();
  await hospital.close();
});

async function open(faults: string[] = [], reportRoute = 'hl7-oru'): Promise<void> {
  received = [];
  refusal = undefined;
  channels = recordingChannels();
  hospital = await listenMllp({ host: '127.0.0.1', port: 0 }, async (bytes) => {
    const message = readMessage(decodeMessage(bytes));
    received.push(message);
    return encodeMessage(writeAck(message, refusal, `A${received.length}`, NOW));
  });
  const partner = { host: hospital.host, port: hospital.port, application: 'DPI' };
  laboratory = await startTestLaboratory(
    { ...testConfig(pki, { faults }), hl7: { partner } },
    {
      channels,
      build: buildReportDocuments,
    },
  );
  patientId = (await act('registerPatient', { traits: TRAITS }))['patientId'] as string;
  const patient = laboratory.lab.patients.get(patientId);
  patient.ins = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };
  patient.status = 'qualifiee';
  await act('adjustSettings', { reportRoute });
  // What the registration said has nothing to do with reports.
  await laboratory.lab.hl7.send(patientId, 'eva');
  received = [];
}

const act = async (name: string, input: object) => (await laboratory.gesture(name, input)).body;

async function validate(more: object = {}): Promise<string> {
  const order = {
    patientId,
    title: 'Bilan',
    analyses: [{ code: '718-7', label: 'Hémoglobine', value: 13, unit: 'g/dL' }],
    professionals: [MAILBOX],
    sendToPatient: true,
    sendToDmp: true,
  };
  return (await act('validateReport', { ...order, ...more }))['reportId'] as string;
}

const types = () => received.map((message) => message.segment('MSH')?.raw.split('|')[8]);
const metas = (message: Hl7Message | undefined) =>
  Object.fromEntries(
    (message?.segments ?? [])
      .filter((segment) => segment.name === 'OBX' && segment.text(3, 3) === 'MetaDMPMSS')
      .map((segment) => [segment.text(3), segment.text(5)]),
  );
const roles = (message: Hl7Message | undefined) =>
  (message?.segments ?? [])
    .filter(({ name }) => name === 'PRT')
    .map((segment) => [segment.text(4), segment.text(15, 4)].filter(Boolean).join(' '));
const lines = async (reportId: string) =>
  (await act('readState', { what: 'transmissions', reportId }))['transmissions'] as {
    channel: string;
    state: string;
    detail: string;
    references: string[];
  }[];
const carried = (message: Hl7Message | undefined) =>
  Buffer.from(message?.segment('OBX')?.text(5, 5) ?? '', 'base64').toString('utf8');

describe('a report in a hospital', () => {
  it('leaves as messages that carry the CDA, and by no other way', async () => {
    await open();
    const reportId = await validate();
    expect(types()).toEqual(['ORU^R01^ORU_R01', 'ORU^R01^ORU_R01']);
    const [n3, n1] = received;
    expect(metas(n3)).toMatchObject({ MASQUE_PS: 'N', DESTDMP: 'Y', DESTMSSANTEPS: 'Y', DESTMSSANTEPAT: 'Y' });
    expect(metas(n1)).toMatchObject({ DESTDMP: 'Y', DESTMSSANTEPS: 'N', DESTMSSANTEPAT: 'N' });
    expect(roles(n3)).toEqual([
      'SB',
      `RCT ${MAILBOX}`,
      'RCT 279035121518989@patient.mssante.fr',
      'REPLY labo@test.mssante.fr',
    ]);
    expect(roles(n1)).toEqual(['SB']);
    for (const message of received) expect(carried(message)).toContain('<ClinicalDocument');
    expect(channels.sent).toEqual([]);
    expect(await lines(reportId)).toMatchObject([
      { channel: 'hl7', state: 'transmis', references: [n3?.segment('MSH')?.text(10), expect.any(String)] },
      { channel: 'hl7', state: 'transmis' },
    ]);
  });

  it('goes to the patient alone by a message that leaves the DMP out', async () => {
    await open();
    await validate({ professionals: [] });
    expect(received.map((message) => metas(message))).toMatchObject([
      { DESTDMP: 'N', DESTMSSANTEPS: 'N', DESTMSSANTEPAT: 'Y' },
      { DESTDMP: 'Y', DESTMSSANTEPAT: 'N' },
      { DESTDMP: 'Y', DESTMSSANTEPAT: 'N' },
    ]);
  });

  it.each([
    ['hiddenFromPatient', 'INVISIBLE_PATIENT', { DESTMSSANTEPS: 'Y', DESTMSSANTEPAT: 'N' }],
    ['hiddenFromProfessionals', 'MASQUE_PS', { DESTMSSANTEPS: 'N' }],
    ['hiddenFromLegalRepresentatives', 'INVISIBLE_REP_LEGAUX', { DESTMSSANTEPS: 'N' }],
    ['secretConnection', 'CONNEXION_SECRETE', { DESTMSSANTEPS: 'Y' }],
  ])('says %s', async (choice, code, rest) => {
    await open();
    await validate({ confidentiality: { [choice]: true } });
    expect(metas(received[0])).toMatchObject({ [code]: 'Y', ...rest });
  });

  it('does not leave for an identity that is not qualified', async () => {
    await open();
    laboratory.lab.patients.get(patientId).status = 'validee';
    const reportId = await validate();
    expect(received).toEqual([]);
    expect(await lines(reportId)).toMatchObject([{ channel: 'hl7', state: 'bloque' }]);
  });

  it.each([
    ['hl7-oru', 'ORU^R01^ORU_R01'],
    ['hl7-oul', 'OUL^R22^OUL_R22'],
    ['hl7-mdm', 'MDM^T10^MDM_T02'],
  ])('is replaced, then deleted, by %s', async (route, replaced) => {
    await open([], route);
    const reportId = await validate({ sendToPatient: false });
    const former = received.map(carried);
    const order = { reportId, analyses: [{ code: '718-7', label: 'Hémoglobine', value: 14, unit: 'g/dL' }] };
    received = [];
    await act('replaceReport', order);
    expect(types()).toEqual([replaced, replaced]);
    for (const [index, message] of received.entries()) {
      expect(message.segment('ORC')?.text(1)).toBe('RO');
      const [, id = ''] = /<id root="([^"]+)"/.exec(former[index] ?? '') ?? [];
      expect(carried(message)).toContain(`typeCode="RPLC"><parentDocument><id root="${id}"`);
      if (route === 'hl7-mdm') expect(message.segment('TXA')?.text(13)).toBe(id);
    }
    received = [];
    const { message } = await act('deleteReport', { reportId });
    expect(message).toContain('2 document(s)');
    expect(received.map((one) => one.segment('ORC')?.text(1))).toEqual(['CA', 'CA']);
  });
});

describe('what the hospital answers', () => {
  it('is shown: a refusal, with its reason', async () => {
    await open();
    refusal = new Hl7Refusal('AR', '207', 'PID^1^3', 'Patient inconnu');
    const reportId = await validate();
    expect(await lines(reportId)).toMatchObject([
      { state: 'refuse', detail: expect.stringContaining('Patient inconnu') as string },
      { state: 'refuse' },
    ]);
  });

  const zam = (event: string, about: string, more = '') =>
    `MSH|^~\\&|DPI|CH|SGL|LABO|20260101||ZAM^${event}^ZAM_${event}|Z${event}${about}|P|2.6\r${more}`;
  const send = async (text: string) => {
    const { host, port } = await laboratory.lab.hl7.listen();
    const answer = readMessage(decodeMessage(await exchangeMllp({ host, port }, encodeMessage(text), 5_000)));
    return [answer.segment('MSA')?.text(1), answer.segment('ERR')?.text(3)].filter(Boolean).join(' ');
  };
  const obx = (code: string, about: string, value: string) =>
    `OBX|1|CWE|${code}^x^AckMetierZAM|${about}|${value}^^expandedYes-NoIndicator||||||F\r`;

  it('is shown: what became of the document afterwards', async () => {
    await open();
    const reportId = await validate();
    const [n3 = '', n1 = ''] = (await lines(reportId)).map(({ references }) => references[0] ?? '');
    const full = 'ERR|||207^Application error^messageErrorCondition|E|422^Boîte pleine\r';
    expect(await send(zam('Z01', n1, obx('ACK_RECEPTION_DMP', n1, 'Y')))).toBe('AA');
    expect(await send(zam('Z02', n3, obx('ACK_RECEPTION_MSS', n3, 'N') + full))).toBe('AA');
    expect(await lines(reportId)).toMatchObject([
      { state: 'refuse', detail: 'Acquitté AA. Courriel non remis : 422 Boîte pleine.' },
      { state: 'transmis', detail: 'Acquitté AA. Reçu par le DMP.' },
    ]);
  });

  it.each([
    ['AE 207', zam('Z01', 'X', obx('ACK_RECEPTION_DMP', 'INCONNU', 'Y'))],
    ['AE 100', zam('Z01', 'X')],
    ['AE 101', zam('Z01', 'X', obx('ACK_RECEPTION_DMP', '', 'Y'))],
    ['AE 103', zam('Z01', 'X', obx('ACK_RECEPTION_DMP', 'M', 'O'))],
    ['AR 201', zam('Z09', 'X')],
    ['AR 101', zam('Z01', 'X').replace('|ZZ01X|', '||')],
  ])('is refused %s when it says nothing', async (expected, text) => {
    await open();
    expect(await send(text)).toBe(expected);
  });
});

it('takes the choices of the patient from the hospital', async () => {
  await open();
  const { host, port } = await laboratory.lab.hl7.listen();
  const send = (id: string, zfa: string) =>
    exchangeMllp(
      { host, port },
      encodeMessage(
        `MSH|^~\\&|DPI|CH|SGL|LABO|20260101||ADT^A31^ADT_A05|${id}|P|2.5^FRA^2.11\rPID|||42^^^&1.2.250.1.999.7&ISO^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F|||^^^^^^BDL^^51215|||||||||||||||||||||VALI\rZFA|ACTIF|20260101|||||||${zfa}\r`,
      ),
      5_000,
    );
  const told = () => laboratory.lab.records.book.of(patientId);
  await send('C1', 'IO|20260101|INC|20260101');
  expect(told()).toMatchObject({ consent: 'opposition', blocked: true });
  await send('C2', 'INO|20260102|IC|20260102');
  expect(told()).toMatchObject({ consent: 'accord', blocked: false });
  await send('C3', 'NA||NA|');
  expect(told()).toMatchObject({ consent: 'accord', blocked: false });
  const traces = laboratory.lab.records.journal.list(patientId).filter(({ action }) => action === 'consentement');
  expect(traces).toHaveLength(2);
  await act('blockDmp', { patientId, on: true });
  await send('C4', 'INO|20260104|NA|');
  expect(told().blocked, 'a block made here stays').toBe(true);
});
