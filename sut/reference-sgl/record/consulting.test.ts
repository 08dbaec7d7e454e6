import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { entry, OPEN } from '../testing/fake-record.ts';
import { agree, desk, search, useDesks, TRAITS } from '../testing/record-desk.ts';

const REFUSED = {
  outcome: 'refused',
  detail: 'Le DMP a refusé. DMPAccessDeniedByRightsService : droits insuffisants',
  transient: false,
  codes: ['DMPAccessDeniedByRightsService'],
} as const;

useDesks();

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

  it('tells a professional whom the patient blocked that this is why', async () => {
    const here = await desk();
    here.dmp.existence = { ...OPEN, authorisation: 'BLOQUEE' };
    await agree(here);
    expect((await search(here)).body['message']).toContain("Le patient a bloqué l'accès de cet utilisateur");
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
