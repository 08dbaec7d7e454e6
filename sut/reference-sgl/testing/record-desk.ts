import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Report } from '../model/index.ts';
import type { ReportDocuments } from '../outbox/index.ts';
import { createTestPki, type TestPki } from './certificates.ts';
import { fakeRecord, type FakeRecord } from './fake-record.ts';
import { recordingChannels, startTestLaboratory, testConfig, type TestLaboratory } from './laboratory.ts';

export const TRAITS = {
  birthName: 'PAT-TROIS',
  firstNames: ['DOMINIQUE'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
export const ANALYSES = [{ code: '718-7', label: 'Hémoglobine', value: 13.2, unit: 'g/dL' }];

let pki: TestPki;
const open: TestLaboratory[] = [];

/** Certificates and laboratories of the tests of a file, closed after each. */
export function useDesks(): void {
  beforeAll(async () => {
    pki = await createTestPki();
  });
  afterAll(() => pki.remove());
  afterEach(async () => {
    for (const laboratory of open.splice(0)) await laboratory.server.close();
  });
}

/** A laboratory and what is looked at in it. */
export interface Desk {
  laboratory: TestLaboratory;
  dmp: FakeRecord;
  channels: ReturnType<typeof recordingChannels>;
  patientId: string;
  waits: number[];
  do(name: string, input?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  report(changes?: object): Promise<string>;
  state(): Promise<Record<string, unknown>>;
  actions(): Promise<string[]>;
}

/** A laboratory with one patient of qualified identity, and a DMP that answers as told. */
export async function desk(faults: string[] = [], qualified = true): Promise<Desk> {
  const dmp = fakeRecord();
  const channels = { ...recordingChannels(), testExistence: async () => dmp.existence };
  const waits: number[] = [];
  let numbered = 0;
  const build = async (report: Report): Promise<ReportDocuments> => {
    const make = (kind: 'cda-n3' | 'cda-n1' | 'pdf') => {
      const replaces = report.replaces?.[kind];
      return {
        kind,
        id: `1.2.${(numbered += 1)}`,
        fileName: kind,
        mediaType: 'text/xml',
        bytes: Buffer.from(`${kind} ${report.validatedAt.toISOString()} ${report.authorGone === true} ${numbered}`),
        ...(report.confidentiality && { confidentiality: report.confidentiality }),
        ...(replaces !== undefined && { replaces }),
      };
    };
    return { n3: make('cda-n3'), n1: make('cda-n1'), pdf: make('pdf') };
  };
  const account = { nationalId: '899700000002', lastName: 'RED', firstName: 'TOM', user: 'utilisateur-1' };
  const laboratory = await startTestLaboratory(testConfig(pki, { faults, accounts: [account] }), {
    channels,
    services: dmp.services,
    build,
    wait: async (ms) => void waits.push(ms),
  });
  open.push(laboratory);
  const { body } = await laboratory.gesture('registerPatient', { traits: TRAITS });
  const patientId = body['patientId'] as string;
  const patient = laboratory.lab.patients.get(patientId);
  patient.ins = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };
  patient.status = qualified ? 'qualifiee' : 'recuperee';
  const act: Desk['do'] = (name, input = {}) => laboratory.gesture(name, { patientId, ...input });
  const base = { title: 'Bilan', analyses: ANALYSES, professionals: [], sendToPatient: false, sendToDmp: true };
  return {
    laboratory,
    dmp,
    channels,
    patientId,
    waits,
    do: act,
    async report(changes = {}) {
      const answer = await act('validateReport', { ...base, ...changes });
      expect(answer.status).toBe(200);
      return answer.body['reportId'] as string;
    },
    state: async () => (await act('readState', { what: 'dmp' })).body['dmp'] as Record<string, unknown>,
    async actions() {
      const traces = (await act('readState', { what: 'dmp-traces' })).body['dmpTraces'];
      return (traces as { action: string }[]).map(({ action }) => action);
    },
  };
}

/** The laboratory opened last. */
export function lastLaboratory(): TestLaboratory {
  const last = open.at(-1);
  if (last === undefined) throw new Error('no laboratory is open');
  return last;
}

export const agree = (here: Desk) => here.do('recordDmpConsent', { choice: 'accord' });
export const search = (here: Desk, criteria = {}) => here.do('searchDmp', { criteria });
/** Gestures about a report do not name the patient. */
export async function about(here: Desk, name: string, reportId: string, input = {}) {
  const { lab, server } = lastLaboratory();
  expect(lab.patients.get(here.patientId)).toBeDefined();
  const response = await fetch(`${server.base}/gestures/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reportId, ...input }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
