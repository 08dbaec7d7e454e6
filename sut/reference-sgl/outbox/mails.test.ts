import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { recordingChannels, startTestLaboratory, type TestLaboratory, testConfig } from '../testing/laboratory.ts';
import type { Channels } from './channels.ts';

const TRAITS = {
  birthName: 'PAT-TROIS',
  firstNames: ['DOMINIQUE'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
const ANALYSES = [{ code: '718-7', label: 'Hémoglobine', value: 13, unit: 'g/dL' }];
const [first, second] = ['un@cabinet.mssante.test', 'deux@cabinet.mssante.test'];

let pki: TestPki;
let laboratory: TestLaboratory;
let sent: { to: string; version: number; deleted: boolean; from: string | undefined; replyTo: string | undefined }[];
let patientId: string;

beforeAll(async () => {
  pki = await createTestPki();
});
afterAll(() => pki.remove());
afterEach(() => laboratory.server.close());

async function open(faults: string[] = [], settings: object = {}): Promise<void> {
  sent = [];
  const sendReport: Channels['sendReport'] = async (report, _documents, { address }, _config, _faults, order = {}) => {
    const { deleted, box, replyTo } = order;
    sent.push({ to: address, version: report.version, deleted: deleted !== undefined, from: box?.address, replyTo });
    return { state: 'transmis', detail: '250', messageId: `<${sent.length}@test>` };
  };
  const base = testConfig(pki, { faults });
  const app = { address: 'sgl@test.mssante.fr', kind: 'APP' as const, user: 'sgl', password: 'secret' };
  laboratory = await startTestLaboratory(
    { ...base, mssante: { ...base.mssante, others: [app] } },
    { channels: { ...recordingChannels(), sendReport } },
  );
  await act('adjustSettings', { mailSending: 'automatique', ...settings });
  patientId = (await act('registerPatient', { traits: TRAITS })).body['patientId'] as string;
  const patient = laboratory.lab.patients.get(patientId);
  patient.ins = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };
  patient.status = 'qualifiee';
}

const act = (name: string, input: object) => laboratory.gesture(name, input);
async function validate(more: object = {}): Promise<string> {
  const base = {
    title: 'Bilan',
    analyses: ANALYSES,
    professionals: [first, second],
    sendToPatient: true,
    sendToDmp: false,
  };
  return (await act('validateReport', { patientId, ...base, ...more })).body['reportId'] as string;
}
const recipients = (): string[] => sent.map(({ to }) => to);

it('leaves at validation, one mail a recipient', async () => {
  await open();
  await validate();
  expect(recipients().toSorted()).toEqual(['279035121518989@patient.mssante.fr', second, first]);
});

it('waits for a person when sending is by hand', async () => {
  await open([], { mailSending: 'manuel' });
  const reportId = await validate();
  expect(sent).toEqual([]);
  expect((await act('sendReport', { reportId, professionals: [first], toPatient: true })).status).toBe(200);
  expect(recipients()).toEqual([first, '279035121518989@patient.mssante.fr']);
});

it.each([
  ['professionnels', ['279035121518989@patient.mssante.fr']],
  ['patient', [first, second]],
])('is held back from those whom the patient refuses: %s', async (towards, left) => {
  await open();
  await act('recordMailRefusal', { patientId, towards, on: true });
  const reportId = await validate();
  expect(recipients()).toEqual(left);
  const { body } = await act('readState', { what: 'transmissions', reportId });
  expect(body['transmissions']).toContainEqual(expect.objectContaining({ state: 'bloque' }));
});

it.each([
  [{ hiddenFromPatient: true }, [first, second]],
  [{ hiddenFromProfessionals: true }, ['279035121518989@patient.mssante.fr']],
])('is held back from those it is hidden from: %j', async (confidentiality, left) => {
  await open();
  await validate({ confidentiality });
  expect(recipients()).toEqual(left);
});

it('leaves from the mailbox that was set, with the addresses to answer to', async () => {
  await open([], { mailSender: 'applicative', mailReplyTo: { professionals: 'secretariat@test.mssante.fr' } });
  await validate();
  expect(new Set(sent.map(({ from }) => from))).toEqual(new Set(['sgl@test.mssante.fr']));
  expect(sent.find(({ to }) => to === first)?.replyTo).toBe('secretariat@test.mssante.fr');
  expect(sent.find(({ to }) => to.includes('patient'))?.replyTo).toBeUndefined();
});

it('follows everybody who received it: new version, then deletion', async () => {
  await open();
  const reportId = await validate();
  sent = [];
  await act('replaceReport', { reportId, analyses: ANALYSES });
  expect(sent.map(({ version, deleted }) => [version, deleted])).toEqual([
    [2, false],
    [2, false],
    [2, false],
  ]);
  sent = [];
  const { status, body } = await act('deleteReport', { reportId, reason: 'Erreur' });
  expect(status).toBe(200);
  expect(body['message']).toContain(second);
  expect(sent.map(({ deleted }) => deleted)).toEqual([true, true, true]);
});

it('is not sent to a patient whose identity is not qualified, even by hand', async () => {
  await open();
  laboratory.lab.patients.get(patientId).status = 'recuperee';
  const reportId = await validate({ professionals: [] });
  const refused = await act('sendReport', { reportId, professionals: [], toPatient: true });
  expect([refused.status, sent]).toEqual([409, []]);
});
