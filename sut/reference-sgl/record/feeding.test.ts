import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { entry } from '../testing/fake-record.ts';
import { ANALYSES, about, desk, lastLaboratory, useDesks, type Desk } from '../testing/record-desk.ts';

const REFUSED = {
  outcome: 'refused',
  detail: 'Le DMP a refusé. DMPAccessDeniedByRightsService : droits insuffisants',
  transient: false,
  codes: ['DMPAccessDeniedByRightsService'],
} as const;

useDesks();

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

  it('a partial success is done, and its warning is told once', async () => {
    const here = await desk();
    const reportId = await here.report();
    here.dmp.entries = [entry('1.2.1')];
    const warning = 'Avertissement du DMP. XDSRegistryError : contexte';
    here.dmp.verdict = { outcome: 'accepted', detail: `Fait. ${warning}`, warning };
    const masked = await about(here, 'changeDmpDocument', reportId, { action: 'masquer' });
    expect(masked.body['message']).toBe(`Document masqué aux professionnels dans le DMP (2 document(s)). ${warning}`);
    const { body } = await about(here, 'deleteReport', reportId);
    expect(body['message']).toBe(`Compte rendu ${reportId} supprimé du DMP (2 document(s)). ${warning}`);
    expect((await here.state())['fed']).toMatchObject([{ status: 'supprime' }, { status: 'supprime' }]);
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
    dead.laboratory.lab.patients.get(dead.patientId).deceased = true;
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
    const { lab } = lastLaboratory();
    const hash = lab.records.fed.list(here.patientId)[0]?.hash;
    const made = createHash('sha1').update('cda-n3 2022-03-04T09:00:00.000Z true 4').digest('hex');
    expect(hash).toBe(made);
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
