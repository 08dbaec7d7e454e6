import { createHash } from 'node:crypto';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../model/index.ts';
import type { ReportDocuments } from '../outbox/index.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { entry, fakeRecord, type FakeRecord, OPEN } from '../testing/fake-record.ts';
import { recordingChannels, startTestLaboratory, testConfig, type TestLaboratory } from '../testing/laboratory.ts';

const TRAITS = {
  birthName: 'PAT-TROIS',
  firstNames: ['DOMINIQUE'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
const ANALYSES = [{ code: '718-7', label: 'Hémoglobine', value: 13.2, unit: 'g/dL' }];
const REFUSED = {
  outcome: 'refused',
  detail: 'Le DMP a refusé. DMPAccessDeniedByRightsService : droits insuffisants',
  transient: false,
  codes: ['DMPAccessDeniedByRightsService'],
} as const;

let pki: TestPki;
beforeAll(async () => {
  pki = await createTestPki();
});
afterAll(() => pki.remove());

const open: TestLaboratory[] = [];
afterEach(async () => {
  for (const laboratory of open.splice(0)) await laboratory.server.close();
});

interface Desk {
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
async function desk(faults: string[] = [], qualified = true): Promise<Desk> {
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

const agree = (here: Desk) => here.do('recordDmpConsent', { choice: 'accord' });
const search = (here: Desk, criteria = {}) => here.do('searchDmp', { criteria });
/** Gestures about a report do not name the patient. */
async function about(here: Desk, name: string, reportId: string, input = {}) {
  const { lab, server } = open[open.length - 1] as TestLaboratory;
  expect(lab.patients.get(here.patientId)).toBeDefined();
  const response = await fetch(`${server.base}/gestures/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reportId, ...input }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('consent and access', () => {
  it('reads nothing before the patient agreed, nor once he is opposed', async () => {
    const here = await desk();
    expect((await search(here)).status).toBe(409);
    await agree(here);
    expect((await search(here)).status).toBe(200);
    await here.do('recordDmpConsent', { choice: 'opposition' });
    expect((await search(here)).body['message']).toContain('oppose');
    expect(here.dmp.calls).toEqual(['findDocuments']);
    expect(await here.actions()).toEqual([
      'consultation',
      'consentement',
      'TD0.2',
      'TD3.1',
      'consentement',
      'consultation',
    ]);
  });

  it('asks for the existence once for a while, and again when the user is another', async () => {
    const here = await desk();
    await agree(here);
    await search(here);
    await search(here);
    await here.do('searchDmp', { criteria: {}, user: 'utilisateur-1' });
    expect((await here.actions()).filter((action) => action === 'TD0.2')).toHaveLength(2);
  });

  it('puts the authorisation of the user when the patient agreed and there is none', async () => {
    const here = await desk();
    here.dmp.existence = { ...OPEN, authorisation: 'INEXISTANTE' };
    expect((await here.do('checkDmpAccess')).body).toMatchObject({ exists: 'actif', access: 'inexistante' });
    expect(here.dmp.calls).toEqual([]);
    await agree(here);
    expect((await here.do('checkDmpAccess')).body).toMatchObject({ access: 'valide' });
    expect(here.dmp.calls).toEqual(['TD0.3']);
  });

  it.each([
    ['closed', { ...OPEN, closed: true }],
    ['absent', { ...OPEN, exists: false }],
    ['blocked for him', { ...OPEN, authorisation: 'BLOQUEE' }],
    ['not told', { exists: false, closed: false, detail: 'AE', told: false }],
  ])('reads nothing of a record that is %s', async (_name, existence) => {
    const here = await desk();
    here.dmp.existence = existence;
    await agree(here);
    expect((await search(here)).status).toBe(409);
    expect(here.dmp.calls).toEqual([]);
  });

  it('says what the DMP holds otherwise, and keeps what is here', async () => {
    const here = await desk();
    const identity = { birthName: 'PAT TROIS', firstName: 'DOMINIQUE', sex: 'F', birthDate: '19790329' };
    here.dmp.existence = { ...OPEN, identity };
    const { body } = await here.do('checkDmpAccess');
    expect(body['differences']).toEqual([{ field: 'Date de naissance', here: '19790328', inDmp: '19790329' }]);
    expect(body['message']).toContain('Attention');
    expect(await here.actions()).toContain('difference-identite');
    expect((await here.do('readState', { what: 'patient' })).body['patient']).toMatchObject({ traits: TRAITS });
  });

  it('calls in the name of nobody who has no number', async () => {
    const here = await desk();
    const { status, body } = await here.do('checkDmpAccess', { user: 'inconnu' });
    expect([status, body['message']]).toEqual([409, expect.stringContaining('RPPS')]);
  });

  it('does nothing for an identity that is not qualified', async () => {
    const here = await desk([], false);
    await agree(here);
    for (const gesture of [here.do('checkDmpAccess'), search(here), here.do('openDmpWeb', { page: 'dossier' })])
      expect((await gesture).status).toBe(409);
    expect(here.dmp.calls).toEqual([]);
  });
});

describe('reading', () => {
  it('integrates once, with where it comes from', async () => {
    const here = await desk();
    await agree(here);
    here.dmp.entries = [entry('1.9.1')];
    const read = () => here.do('readDmpDocument', { uniqueId: '1.9.1', integrate: true });
    expect((await search(here)).body['documents']).toMatchObject([
      { uniqueId: '1.9.1', author: 'ZOE AUTRE', structure: 'CABINET TEST', alreadyHere: false },
    ]);
    const origin = 'DMP, ZOE AUTRE, CABINET TEST, 2026-01-05T11:00:00+01:00';
    expect((await read()).body).toMatchObject({ integrated: true, alreadyHere: false, origin });
    expect((await read()).body).toMatchObject({ integrated: false, alreadyHere: true });
    expect((await search(here)).body['documents']).toMatchObject([{ alreadyHere: true }]);
    expect((await here.state())['integrated']).toMatchObject([{ uniqueId: '1.9.1', origin }]);
  });

  it('knows the same bytes under another number', async () => {
    const here = await desk();
    await agree(here);
    const hash = createHash('sha1').update(here.dmp.content).digest('hex');
    here.dmp.entries = [entry('1.9.1')];
    await here.do('readDmpDocument', { uniqueId: '1.9.1', integrate: true });
    here.dmp.entries = [entry('1.9.2', { slots: new Map([['hash', [hash.toUpperCase()]]]) })];
    const { body } = await here.do('readDmpDocument', { uniqueId: '1.9.2', integrate: true });
    expect(body).toMatchObject({ integrated: false, alreadyHere: true });
  });

  it('does not take a document that is not the one announced', async () => {
    const here = await desk();
    await agree(here);
    here.dmp.entries = [entry('1.9.1', { slots: new Map([['hash', ['0'.repeat(40)]]]) })];
    const { status, body } = await here.do('readDmpDocument', { uniqueId: '1.9.1', integrate: true });
    expect([status, body['message']]).toEqual([409, expect.stringContaining('empreinte')]);
  });

  it('shows the code and the label of a refusal', async () => {
    const here = await desk();
    await agree(here);
    here.dmp.verdict = REFUSED;
    expect((await search(here)).body['message']).toContain('DMPAccessDeniedByRightsService : droits insuffisants');
  });

  it('writes the criteria as the registry reads them', async () => {
    const here = await desk();
    await agree(here);
    await search(here, { typeCodes: ['11502-2'], createdFrom: '2026-01-05', createdTo: '2026-01-05', author: "D'ÉTÉ" });
    expect(here.dmp.queries[0]?.slots).toEqual([
      ['$XDSDocumentEntryPatientId', "'279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH'"],
      ['$XDSDocumentEntryStatus', ['urn:oasis:names:tc:ebxml-regrep:StatusType:Approved']],
      ['$XDSDocumentEntryCreationTimeFrom', '20260104230000'],
      ['$XDSDocumentEntryCreationTimeTo', '20260105225959'],
      ['$XDSDocumentEntryTypeCode', ['11502-2^^2.16.840.1.113883.6.1']],
      ['$XDSDocumentEntryAuthorPerson', ["%D'ÉTÉ%"]],
    ]);
  });

  it('looks for the sets when the date is that of the submission', async () => {
    const here = await desk();
    await agree(here);
    here.dmp.entries = [entry('1.9.1'), entry('1.9.2', { status: 'Deprecated' })];
    const { body } = await search(here, { submittedFrom: '2026-01-05' });
    expect(here.dmp.calls).toEqual(['findSubmissionSets', 'getAssociations', 'getDocuments']);
    expect(body['documents']).toMatchObject([{ uniqueId: '1.9.1' }]);
  });
});

describe('feeding', () => {
  it('remembers what is in the DMP', async () => {
    const here = await desk();
    const reportId = await here.report({ confidentiality: { hiddenFromPatient: true } });
    expect((await here.state())['fed']).toMatchObject([
      { reportId, kind: 'cda-n3', version: 1, status: 'actif', confidentiality: { hiddenFromPatient: true } },
      { reportId, kind: 'cda-n1', version: 1, status: 'actif' },
    ]);
    expect(here.dmp.calls).toEqual([]);
    expect(await here.actions()).toEqual(['TD0.2', 'TD2.1', 'TD2.1']);
  });

  it('holds a patient who is blocked, and no other', async () => {
    const here = await desk();
    await here.do('blockDmp', { on: true });
    await here.report();
    expect(here.channels.sent).toEqual([]);
    await here.do('blockDmp', { on: false });
    await here.report();
    expect(here.channels.sent).toEqual(['dmp cda-n3', 'dmp cda-n1']);
  });

  it('refuses to hide a document from everybody', async () => {
    const here = await desk();
    const hidden = { hiddenFromProfessionals: true, hiddenFromPatient: true };
    const input = { title: 'B', analyses: ANALYSES, professionals: [], sendToPatient: false, sendToDmp: true };
    expect((await here.do('validateReport', { ...input, confidentiality: hidden })).status).toBe(409);
    expect(here.channels.sent).toEqual([]);
  });

  it('feeds a letter that came in', async () => {
    const here = await desk();
    const letter = { title: 'Lettre', typeCode: '11490-0', mediaType: 'application/pdf', base64: 'JVBERg==' };
    const { body } = await here.do('receiveDocument', letter);
    expect(here.channels.sent).toEqual(['dmp cda-n1']);
    expect((await here.state())['fed']).toMatchObject([{ reportId: body['documentId'], kind: 'cda-n1' }]);
  });
});

describe('corrections', () => {
  it('replaces what is in the DMP, and nothing else', async () => {
    const here = await desk();
    const reportId = await here.report({ status: 'partiel' });
    const { body } = await about(here, 'replaceReport', reportId, { analyses: ANALYSES, status: 'complet' });
    expect(body['reportId']).toBe(reportId);
    expect((await here.state())['fed']).toMatchObject([
      { version: 1, status: 'remplace' },
      { version: 1, status: 'remplace' },
      { version: 2, status: 'actif' },
      { version: 2, status: 'actif' },
    ]);
    expect(here.dmp.calls).not.toContain('TD0.3');
  });

  it('deletes each document, without an authorisation', async () => {
    const here = await desk();
    const reportId = await here.report();
    here.dmp.entries = [entry('1.2.1')];
    expect((await about(here, 'deleteReport', reportId, { reason: 'mauvais patient' })).status).toBe(200);
    expect(here.dmp.calls).toEqual(['getDocuments', 'statut Deleted', 'getDocuments', 'statut Deleted']);
    expect((await here.state())['fed']).toMatchObject([{ status: 'supprime' }, { status: 'supprime' }]);
    expect((await about(here, 'deleteReport', reportId)).status).toBe(409);
  });

  it('says why the DMP would not delete, and takes the document for present', async () => {
    const here = await desk();
    const reportId = await here.report();
    here.dmp.entries = [entry('1.2.1')];
    here.dmp.verdict = REFUSED;
    const { status, body } = await about(here, 'deleteReport', reportId);
    expect([status, body['message']]).toEqual([409, expect.stringContaining('DMPAccessDeniedByRightsService')]);
    expect((await here.state())['fed']).toMatchObject([{ status: 'actif' }, { status: 'actif' }]);
  });

  it.each([
    ['masquer', {}, 'confidentialite hiddenFromProfessionals'],
    ['demasquer', { hiddenFromProfessionals: true }, 'confidentialite N'],
    ['montrer-au-patient', { hiddenFromPatient: true }, 'confidentialite N'],
    ['archiver', {}, 'statut Archived'],
    ['desarchiver', {}, 'statut Approved'],
  ])('%s: one call a document', async (action, confidentiality, call) => {
    const here = await desk();
    const reportId = await here.report({ confidentiality });
    here.dmp.entries = [entry('1.2.1')];
    expect((await about(here, 'changeDmpDocument', reportId, { action })).status).toBe(200);
    expect(here.dmp.calls.filter((one) => one !== 'getDocuments')).toEqual([call, call]);
  });

  it('does not mask what the patient cannot see', async () => {
    const here = await desk();
    const reportId = await here.report({ confidentiality: { hiddenFromPatient: true } });
    expect((await about(here, 'changeDmpDocument', reportId, { action: 'masquer' })).status).toBe(409);
    expect(here.dmp.calls).toEqual([]);
  });
});

describe('history', () => {
  const PAST = { date: '2022-03-04T10:00:00+01:00', sendToDmp: false };
  const feed = (here: Desk, input = {}) => here.do('feedHistory', { from: '2022-01-01', to: '2022-12-31', ...input });

  it('keeps the date of the act, leaves out what is there, and goes no faster than told', async () => {
    const here = await desk();
    const first = await here.report(PAST);
    const second = await here.report({ ...PAST, date: '2022-05-01T10:00:00Z' });
    await here.report({ ...PAST, date: '2021-05-01T10:00:00Z' });
    expect((await feed(here)).body['documents']).toMatchObject([
      { reportId: first, state: 'transmis', message: expect.stringContaining('2022-03-04') },
      { reportId: second, state: 'transmis' },
    ]);
    expect((await feed(here)).body['documents']).toMatchObject([
      { state: 'deja-transmis' },
      { state: 'deja-transmis' },
    ]);
    expect(here.waits).toEqual([250, 250, 250]);
    expect((await here.actions()).filter((action) => action === 'TD0.2')).toHaveLength(1);
  });

  it('takes the bounds, the types and the choice of the user', async () => {
    const here = await desk();
    const reportId = await here.report(PAST);
    expect((await feed(here, { kinds: ['11490-0'] })).body['documents']).toEqual([]);
    expect((await feed(here, { reportIds: [] })).body['documents']).toEqual([]);
    expect((await feed(here, { from: '2022-03-05' })).body['documents']).toEqual([]);
    const day = { from: '2022-03-04', to: '2022-03-04', kinds: ['11502-2'], reportIds: [reportId] };
    expect((await feed(here, day)).body['documents']).toHaveLength(1);
  });

  it('sends nothing of somebody who died, whose identity is not qualified or who is blocked', async () => {
    const [dead, unknown, blocked] = [await desk(), await desk([], false), await desk()];
    for (const here of [dead, unknown, blocked]) await here.report(PAST);
    (open[0] as TestLaboratory).lab.patients.get(dead.patientId).deceased = true;
    await blocked.do('blockDmp', { on: true });
    for (const here of [dead, unknown, blocked]) {
      expect((await feed(here)).body['documents']).toMatchObject([{ state: 'bloque' }]);
      expect(here.channels.sent).toEqual([]);
    }
  });

  it('puts the laboratory beside an author who has no number any more', async () => {
    const here = await desk();
    await here.report({ ...PAST, author: { lastName: 'ANCIEN', firstName: 'PAUL' } });
    await feed(here);
    const { lab } = open[open.length - 1] as TestLaboratory;
    const hash = lab.records.fed.list(here.patientId)[0]?.hash;
    const made = createHash('sha1').update('cda-n3 2022-03-04T09:00:00.000Z true 4').digest('hex');
    expect(hash).toBe(made);
  });
});

describe('web access', () => {
  it.each([
    ['accueil', '/AccesDirect/TableauDeBord'],
    ['existence', '/AccesDirect/TableauDeBord/279035121518989'],
    ['dossier', '/AccesDirect/DossierPatient/279035121518989'],
    ['gestion', '/AccesDirect/GestionDMPPatient/279035121518989'],
    ['documents', '/AccesDirect/Documents/279035121518989'],
    ['parcours', '/AccesDirect/ParcoursDeSoins/279035121518989'],
    ['historique', '/AccesDirect/HistoriqueAcces/279035121518989'],
    ['parametrages', '/AccesDirect/Parametrages'],
    ['volontes', '/AccesDirect/VolontesEtDroits/279035121518989'],
    ['vaccination', '/AccesDirect/CarnetVaccination/279035121518989'],
  ])('opens %s', async (page, path) => {
    const here = await desk();
    const { body } = await here.do('openDmpWeb', { page });
    expect(body['request']).toEqual({ method: 'GET', url: `https://127.0.0.1:9${path}` });
  });
});

describe('figures', () => {
  it('counts reports, files and failures by channel', async () => {
    const here = await desk();
    await here.report({ professionals: ['a@x.mssante.fr', 'b@x.mssante.fr'], sendToPatient: true });
    await here.report({ sendToDmp: false, professionals: ['a@x.mssante.fr'] });
    here.channels.feedDmp = async () => ({ state: 'refuse', detail: 'non', references: [] });
    const dashboard = async (input = {}) =>
      (await here.do('readState', { what: 'dashboard', period: 'mois-courant', patientId: undefined, ...input })).body[
        'dashboard'
      ];
    expect(await dashboard()).toMatchObject({
      reports: {
        dmp: { total: 1, qualified: 1, notQualified: 0 },
        mssProfessional: { total: 2 },
        mssPatient: { total: 1 },
      },
      files: { dmp: 1, mssProfessional: 2, mssPatient: 1, allThree: 1 },
      failures: { dmp: 0, mssProfessional: 0, mssPatient: 0 },
      extraction: expect.stringContaining('mssante-professionnel;2;2;0;2;0'),
    });
    expect(await dashboard({ finess: '750000000' })).toMatchObject({ files: { dmp: 0 } });
    expect(await dashboard({ rpps: '99700000001' })).toMatchObject({ files: { dmp: 1 } });
    expect(await dashboard({ rpps: '99700000009' })).toMatchObject({ files: { dmp: 0 } });
    expect(await dashboard({ period: 'annee-precedente' })).toMatchObject({ files: { dmp: 0 } });
  });
});

describe('faults', () => {
  const PAST = { date: '2022-03-04T10:00:00+01:00', sendToDmp: false };
  const feed = (here: Desk) => here.do('feedHistory', { from: '2022-01-01', to: '2022-12-31' });
  const cases: readonly (readonly [fault: string, seen: (here: Desk) => Promise<unknown>])[] = [
    ['dmp-consultation-sans-accord', async (here) => (await search(here)).status],
    [
      'dmp-consultation-malgre-opposition',
      async (here) => {
        await here.do('recordDmpConsent', { choice: 'opposition' });
        return (await search(here)).status;
      },
    ],
    [
      'dmp-consultation-sans-td02',
      async (here) => {
        await agree(here);
        await search(here);
        return await here.actions();
      },
    ],
    [
      'dmp-consultation-sans-acces',
      async (here) => {
        here.dmp.existence = { ...OPEN, closed: true };
        await agree(here);
        return (await search(here)).status;
      },
    ],
    [
      'dmp-sans-td03-consultation',
      async (here) => {
        here.dmp.existence = { ...OPEN, authorisation: 'INEXISTANTE' };
        await agree(here);
        await here.do('checkDmpAccess');
        return here.dmp.calls;
      },
    ],
    [
      'dmp-td03-sans-accord',
      async (here) => {
        here.dmp.existence = { ...OPEN, authorisation: 'INEXISTANTE' };
        await here.do('checkDmpAccess');
        return here.dmp.calls;
      },
    ],
    [
      'dmp-consentement-fige',
      async (here) => {
        await agree(here);
        return (await here.do('recordDmpConsent', { choice: 'opposition' })).status;
      },
    ],
    [
      'dmp-consentement-sans-trace',
      async (here) => {
        await agree(here);
        return await here.actions();
      },
    ],
    ...(['dmp-differences-muettes', 'dmp-ecrase-identite'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            const identity = { birthName: 'AUTRE', firstName: 'DOMINIQUE', sex: 'F', birthDate: '19790328' };
            here.dmp.existence = { ...OPEN, identity };
            const { body } = await here.do('checkDmpAccess');
            return [body['differences'], (await here.do('readState', { what: 'patient' })).body];
          },
        ] as const,
    ),
    [
      'dmp-blocage-ignore',
      async (here) => {
        await here.do('blockDmp', { on: true });
        await here.report();
        return here.channels.sent;
      },
    ],
    ...(
      ['dmp-sans-n1', 'dmp-sans-n3', 'dmp-td03-alimentation', 'dmp-recherche-automatique', 'dmp-sans-td02'] as const
    ).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await here.report();
            return [here.channels.sent, here.dmp.calls, await here.actions()];
          },
        ] as const,
    ),
    [
      'dmp-ferme-envoie',
      async (here) => {
        here.dmp.existence = { ...OPEN, closed: true };
        await here.report();
        return here.channels.sent;
      },
    ],
    [
      'dmp-versement-non-montre',
      async (here) => {
        await here.report();
        return ((await here.state())['fed'] as unknown[]).length;
      },
    ],
    [
      'dmp-lettre-non-versee',
      async (here) => {
        const letter = { title: 'L', typeCode: '11490-0', mediaType: 'application/pdf', base64: 'JVBERg==' };
        await here.do('receiveDocument', letter);
        return here.channels.sent;
      },
    ],
    [
      'dmp-masquage-et-invisible',
      async (here) => {
        const hidden = { hiddenFromProfessionals: true, hiddenFromPatient: true };
        const input = { title: 'B', analyses: ANALYSES, professionals: [], sendToPatient: false, sendToDmp: true };
        return (await here.do('validateReport', { ...input, confidentiality: hidden })).status;
      },
    ],
    ...(['dmp-suppression-locale', 'dmp-suppression-deprecie', 'dmp-td03-suppression'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            const reportId = await here.report();
            here.dmp.entries = [entry('1.2.1')];
            await about(here, 'deleteReport', reportId);
            return here.dmp.calls;
          },
        ] as const,
    ),
    ...(['dmp-masquage-local', 'dmp-demasque-tout'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            const reportId = await here.report({ confidentiality: { hiddenFromLegalRepresentatives: true } });
            here.dmp.entries = [entry('1.2.1')];
            await about(here, 'changeDmpDocument', reportId, { action: 'masquer' });
            return here.dmp.calls;
          },
        ] as const,
    ),
    [
      'dmp-complet-sans-remplacement',
      async (here) => {
        const reportId = await here.report({ status: 'partiel' });
        await about(here, 'replaceReport', reportId, { analyses: ANALYSES, status: 'complet' });
        return ((await here.state())['fed'] as { status: string }[]).map(({ status }) => status);
      },
    ],
    [
      'dmp-erreur-muette',
      async (here) => {
        await agree(here);
        here.dmp.verdict = REFUSED;
        return (await search(here)).body['message'];
      },
    ],
    [
      'dmp-historique-date-du-jour',
      async (here) => {
        await here.report(PAST);
        await feed(here);
        const { lab } = open[open.length - 1] as TestLaboratory;
        const expected = createHash('sha1').update('cda-n3 2022-03-04T09:00:00.000Z false 4').digest('hex');
        return lab.records.fed.list(here.patientId)[0]?.hash === expected;
      },
    ],
    [
      'dmp-historique-redouble',
      async (here) => {
        await here.report(PAST);
        await feed(here);
        await feed(here);
        return here.channels.sent;
      },
    ],
    [
      'dmp-historique-decede',
      async (here) => {
        await here.report(PAST);
        (open[open.length - 1] as TestLaboratory).lab.patients.get(here.patientId).deceased = true;
        await feed(here);
        return here.channels.sent;
      },
    ],
    [
      'dmp-historique-sans-limite',
      async (here) => {
        await here.report(PAST);
        await feed(here);
        return here.waits;
      },
    ],
    ...(['dmp-web-chemin-minuscule', 'dmp-web-traits', 'dmp-web-sans-cle', 'dmp-web-numero-local'] as const).map(
      (fault) => [fault, async (here: Desk) => (await here.do('openDmpWeb', { page: 'dossier' })).body] as const,
    ),
    ...(['dmp-recherche-sans-actifs', 'dmp-recherche-ins-nu'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await agree(here);
            await search(here);
            return here.dmp.queries;
          },
        ] as const,
    ),
    [
      'dmp-recherche-heure-utc',
      async (here) => {
        await agree(here);
        here.dmp.entries = [entry('1.9.1')];
        return (await search(here)).body;
      },
    ],
    ...(['dmp-doublon-non-vu', 'dmp-integre-sans-origine'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await agree(here);
            here.dmp.entries = [entry('1.9.1')];
            const read = () => here.do('readDmpDocument', { uniqueId: '1.9.1', integrate: true });
            return [(await read()).body, (await read()).body];
          },
        ] as const,
    ),
    ...(['tbb-compte-les-bloques', 'tbb-compte-les-documents', 'tbb-sans-echecs'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await here.report();
            here.dmp.existence = { ...OPEN, closed: true };
            await here.report();
            here.dmp.existence = OPEN;
            here.channels.sendReport = async () => ({ state: 'refuse', detail: 'non', messageId: '' });
            await here.report({ professionals: ['a@x.mssante.fr'] });
            const { lab } = open[open.length - 1] as TestLaboratory;
            return lab.records.acts.dashboard({ period: 'mois-courant' });
          },
        ] as const,
    ),
  ];

  it.each(cases)('%s changes what is done', async (fault, seen) => {
    const [right, wrong] = [await seen(await desk()), await seen(await desk([fault]))];
    expect(wrong).not.toEqual(right);
  });

  it('dmp-web-non-qualifie opens a page for an identity that is not qualified', async () => {
    const here = await desk(['dmp-web-non-qualifie'], false);
    expect((await here.do('openDmpWeb', { page: 'dossier' })).status).toBe(200);
  });
});
