import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { FAULT, FOUND, NONE, verified, verifiedInBulk } from '../testing/insi-answers.ts';
import { startTestLaboratory, testConfig, type TestLaboratory } from '../testing/laboratory.ts';

const TRAITS = {
  birthName: 'Pat-Trois',
  firstNames: ['Dominique'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
const CARD = { holder: '279035121518989', birthName: 'PAT-TROIS', birthDate: '1979-03-28', birthRank: 1 };

let pki: TestPki;
let insi: FakeService;
let laboratory: TestLaboratory;
const gesture = (name: string, input: object) => laboratory.gesture(name, input);
const read = async (what: string, patientId?: string) =>
  (await gesture('readState', { what, ...(patientId && { patientId }) })).body;

beforeAll(async () => {
  pki = await createTestPki();
  insi = await startFakeService(pki, { mutual: true });
  const config = testConfig(pki);
  laboratory = await startTestLaboratory({
    ...config,
    insi: { ...config.insi, url: `${insi.origin}/lps` },
    timeoutMs: 500,
  });
});
afterAll(async () => {
  await laboratory.server.close();
  await insi.close();
  await pki.remove();
});
beforeEach(() => {
  insi.received.length = 0;
  insi.answer = () => FOUND();
});

async function patient(status: 'provisoire' | 'recuperee' | 'qualifiee'): Promise<string> {
  const document = status === 'qualifiee' ? { document: 'passeport', user: 'accueil' } : {};
  const { body } = await gesture('registerPatient', { traits: TRAITS, ...document });
  const patientId = body['patientId'] as string;
  if (status !== 'provisoire') {
    expect((await gesture('searchIns', { patientId, mode: 'traits' })).body).toMatchObject({ status });
  }
  return patientId;
}

describe('refusals', () => {
  it.each(['birthName', 'firstNames', 'sex', 'birthDate', 'birthPlace'])(
    '409 for a creation without %s',
    async (name) => {
      const { status, body } = await gesture('registerPatient', { traits: { ...TRAITS, [name]: undefined } });
      expect(status).toBe(409);
      expect(Object.keys(body)).toEqual(['message']);
      const empty = name === 'firstNames' ? [] : '';
      expect((await gesture('registerPatient', { traits: { ...TRAITS, [name]: empty } })).status).toBe(409);
    },
  );

  it('409 for a locked trait, an incomplete number, a flagged identity, an identity without INS', async () => {
    const patientId = await patient('recuperee');
    const change = { patientId, changes: { sex: 'M' }, as: 'utilisateur' };
    expect(await gesture('modifyIdentity', change)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('sexe') as unknown },
    });
    expect((await gesture('findPatients', { ins: '2790351215189' })).status).toBe(409);
    await gesture('flagIdentity', { patientId, flag: 'fictive', on: true });
    insi.received.length = 0;
    expect((await gesture('searchIns', { patientId, mode: 'traits' })).status).toBe(409);
    expect((await gesture('verifyIns', { patientIds: [patientId], mode: 'unitaire' })).status).toBe(409);
    expect((await gesture('verifyIns', { patientIds: [await patient('provisoire')], mode: 'masse' })).status).toBe(409);
    expect(insi.received).toEqual([]);
  });

  it('501 for Pro Santé Connect, and for a card that is not configured: nothing is sent', async () => {
    const patientId = await patient('recuperee');
    insi.received.length = 0;
    for (const authentication of ['psc', 'cpx']) {
      const search = await gesture('searchIns', { patientId, mode: 'traits', authentication });
      const verify = await gesture('verifyIns', { patientIds: [patientId], mode: 'unitaire', authentication });
      expect([search.status, verify.status]).toEqual([501, 501]);
      expect(search.body).toHaveProperty('reason');
    }
    expect(insi.received).toEqual([]);
  });
});

describe('verifyIns', () => {
  it('OK leaves everything, KO takes the INS and gives a task', async () => {
    const patientId = await patient('qualifiee');
    const order = { patientIds: [patientId], mode: 'unitaire', user: 'infirmiere-1' };
    insi.answer = () => verified('OK');
    expect((await gesture('verifyIns', order)).body).toMatchObject({
      results: [{ patientId, returned: 'OK', status: 'qualifiee' }],
    });
    insi.answer = () => verified('KO');
    expect((await gesture('verifyIns', order)).body).toMatchObject({
      results: [{ patientId, returned: 'KO', status: 'provisoire' }],
    });
    expect((await read('patient', patientId))['patient']).not.toHaveProperty('ins');
    expect((await read('worklist'))['tasks']).toContainEqual(
      expect.objectContaining({ kind: 'identite-a-verifier', patientId }),
    );
    const calls = (await read('insi-calls', patientId))['calls'] as object[];
    expect(calls.slice(1)).toMatchObject(
      ['OK', 'KO'].map((returned) => ({
        mode: 'verification',
        user: 'infirmiere-1',
        authentication: 'organisation',
        returned,
      })),
    );
  });

  it('asks once for all in bulk, and gives each its own return', async () => {
    const [first, second] = [await patient('recuperee'), await patient('qualifiee')];
    insi.received.length = 0;
    insi.answer = () => verifiedInBulk({ [first]: 'KO', [second]: 'OK' });
    const { body } = await gesture('verifyIns', { patientIds: [first, second, first], mode: 'masse' });
    expect(body['results']).toEqual([
      { patientId: first, returned: 'KO', status: 'provisoire' },
      { patientId: second, returned: 'OK', status: 'qualifiee' },
    ]);
    expect(insi.received).toHaveLength(1);
    expect(insi.received[0]?.body).toContain(`ref="${second}"`);
  });

  it.each([
    ['a fault', () => FAULT('insi_103'), 'insi_103'],
    [
      'a maintenance page',
      () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<html>' }),
      'illisible',
    ],
    ['a cut answer', () => 'tronque' as const, 'coupure'],
    ['silence', () => 'silence' as const, 'delai'],
    ['an answer about somebody else', () => verifiedInBulk({ AUTRE: 'KO' }), 'illisible'],
  ])('%s changes nothing and is told', async (_name, answer, returned) => {
    const patientId = await patient('qualifiee');
    const before = await read('patient', patientId);
    insi.answer = answer;
    const { body } = await gesture('verifyIns', { patientIds: [patientId], mode: 'masse' });
    expect(body).toMatchObject({ results: [{ returned, status: 'qualifiee' }] });
    expect(await read('patient', patientId)).toEqual(before);
  });
});

describe('the journal of calls', () => {
  it('shows the mode, the authentication and all that a return 00 brought (rule 39)', async () => {
    const { body } = await gesture('registerPatient', { traits: TRAITS });
    const patientId = body['patientId'] as string;
    insi.answer = () => NONE;
    await gesture('searchIns', { patientId, mode: 'vitale', card: CARD });
    insi.answer = () => FOUND();
    await gesture('searchIns', { patientId, mode: 'traits', authentication: 'organisation' });
    expect((await read('insi-calls', patientId))['calls']).toMatchObject([
      { mode: 'vitale', operation: 'rechercherInsAvecCarteVitale', returned: '01' },
      {
        mode: 'traits',
        authentication: 'organisation',
        returned: '00',
        identity: {
          ins: '279035121518989',
          oid: '1.2.250.1.213.1.4.10',
          history: [],
          traits: { birthName: 'PAT-TROIS', firstNames: ['DOMINIQUE', 'MARIE-LOUISE'], sex: 'F', birthPlace: '51215' },
        },
      },
    ]);
  });
});

describe('settings', () => {
  it('stop the automatic validation, change the documents, and leave the rest', async () => {
    expect(await gesture('adjustSettings', { automaticValidation: false })).toMatchObject({ body: { accepted: true } });
    const shown = await gesture('registerPatient', { traits: TRAITS, document: 'passeport' });
    expect(shown.body).toMatchObject({ status: 'provisoire' });
    const patientId = shown.body['patientId'];
    const validated = await gesture('validateIdentity', { patientId, document: 'passeport' });
    expect(validated.body).toEqual({ status: 'validee' });
    await gesture('adjustSettings', { automaticValidation: true, strongDocuments: ['carte-vitale'] });
    const vitale = await gesture('registerPatient', { traits: TRAITS, document: 'carte-vitale' });
    expect(vitale.body).toMatchObject({ status: 'validee' });
    await gesture('adjustSettings', { strongDocuments: ['carte-identite', 'passeport', 'titre-sejour'] });
    expect((await gesture('adjustSettings', {})).status).toBe(400);
  });
});

describe('traces', () => {
  it('show creation, document, status and consultation with their author, and no call of INSi', async () => {
    const patientId = await patient('qualifiee');
    await read('patient', patientId);
    const traces = (await read('identity-traces', patientId))['traces'] as Record<string, string>[];
    expect(traces.map(({ kind, user, to }) => [kind, user, to])).toEqual([
      ['creation', 'accueil', undefined],
      ['piece', 'accueil', undefined],
      ['changement-statut', 'accueil', 'validee'],
      ['modification', '899700000001', undefined],
      ['changement-statut', '899700000001', 'qualifiee'],
      ['consultation', '899700000001', undefined],
    ]);
  });
});

describe('modifyIdentity', () => {
  it('tells a super user what was lost', async () => {
    const patientId = await patient('qualifiee');
    const change = { patientId, changes: { birthName: 'Nouveau' }, as: 'super-utilisateur' };
    expect((await gesture('modifyIdentity', change)).body).toMatchObject({
      status: 'validee',
      message: expect.stringContaining('retirés') as unknown,
    });
    expect((await read('patient', patientId))['patient']).toMatchObject({
      locked: [],
      traits: { birthName: 'NOUVEAU' },
    });
  });
});

it('says where it listens to identity feeds', async () => {
  const { body } = await gesture('receiveIdentityFeed', {});
  expect(body).toEqual({ host: '127.0.0.1', port: expect.any(Number) as unknown });
  expect((await gesture('receiveIdentityFeed', {})).body).toEqual(body);
});
