import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { FAULT, FOUND, NONE, SEVERAL } from '../testing/insi-answers.ts';
import { recordingChannels, startTestLaboratory, testConfig, type TestLaboratory } from '../testing/laboratory.ts';

const TRAITS = {
  birthName: 'Pat-Trois',
  firstNames: ['Dominique', 'Marie-Louise'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};
const ANALYSES = [{ code: '718-7', label: 'Hémoglobine', value: 13.2, unit: 'g/dL', low: 12, high: 16 }];

let pki: TestPki;
let insi: FakeService;
let laboratory: TestLaboratory;
let channels: ReturnType<typeof recordingChannels>;

beforeAll(async () => {
  pki = await createTestPki();
  insi = await startFakeService(pki, { mutual: true });
  channels = recordingChannels();
  const config = testConfig(pki, {
    insi: { ...testConfig(pki).insi, url: `${insi.origin}/lps` },
    // The silent service is waited for this long; a busy machine must read 21 MB in less.
    timeoutMs: 3_000,
  });
  laboratory = await startTestLaboratory(config, { channels });
});
afterAll(async () => {
  await laboratory.server.close();
  await insi.close();
  await pki.remove();
});
beforeEach(() => {
  insi.received.length = 0;
  channels.sent.length = 0;
});

async function register(traits: object = TRAITS): Promise<string> {
  const { status, body } = await laboratory.gesture('registerPatient', { traits });
  expect(status).toBe(200);
  return body['patientId'] as string;
}
async function search(patientId: string) {
  return (await laboratory.gesture('searchIns', { patientId, mode: 'traits' })).body;
}
async function patientState(patientId: string) {
  return (await laboratory.gesture('readState', { what: 'patient', patientId })).body['patient'];
}

describe('envelope', () => {
  it('names the product', async () => {
    const answer = await fetch(`${laboratory.server.base}/identity`);
    expect(await answer.json()).toMatchObject({
      name: 'SGL de référence',
      version: '1.0.0',
      editor: 'Éditeur de test',
    });
  });

  it.each(['configure', 'inconnu', '__proto__', 'toString'])('says that it does not do %s', async (name) => {
    const { status, body } = await laboratory.gesture(name, { addresses: {} });
    expect(status).toBe(501);
    expect(body['reason']).toMatch(/^Ce logiciel/);
  });

  it.each([
    ['registerPatient', {}],
    ['registerPatient', { traits: { ...TRAITS, birthDate: '28/03/1979' } }],
    ['registerPatient', { traits: { ...TRAITS, sex: 'X' } }],
    ['searchIns', { patientId: 'P1', mode: 'vitale' }],
    ['validateIdentity', { patientId: 'P1', document: 'permis' }],
    ['searchMailbox', {}],
    ['readState', { what: 'tout' }],
    ['login', null],
  ])('refuses a wrong input of %s', async (name, input) => {
    const { status, body } = await laboratory.gesture(name, input);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'ENTREE_INVALIDE' });
  });

  it('takes nothing else than JSON', async () => {
    const url = `${laboratory.server.base}/gestures/registerPatient`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ traits: TRAITS }) });
    expect(answer.status).toBe(400);
    const broken = await fetch(url, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect(broken.status).toBe(400);
  });

  it('says in French what fails', async () => {
    const { status, body } = await laboratory.gesture('searchIns', { patientId: 'P999999', mode: 'traits' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'PATIENT_INCONNU', reason: expect.stringContaining('Aucun patient') });
  });
});

describe('searchIns', () => {
  it('attaches the INS found and overwrites the traits', async () => {
    insi.answer = () => FOUND();
    const patientId = await register();
    expect(await search(patientId)).toMatchObject({ status: 'recuperee', returnCode: '00' });
    expect(await patientState(patientId)).toEqual({
      patientId,
      traits: {
        birthName: 'PAT-TROIS',
        firstNames: ['DOMINIQUE', 'MARIE-LOUISE'],
        sex: 'F',
        birthDate: '1979-03-28',
        birthPlace: '51215',
      },
      status: 'recuperee',
      ins: '279035121518989',
      oid: '1.2.250.1.213.1.4.10',
      history: [],
      flags: [],
      document: 'aucun',
      locked: ['ins', 'oid', 'birthName', 'firstNames', 'sex', 'birthDate', 'birthPlace'],
      identifiers: [],
    });
  });

  it('calls in organisation mode, with the contexts, one first name and the client certificate', async () => {
    insi.answer = () => FOUND();
    await search(await register());
    const [call] = insi.received;
    const action = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite';
    expect(insi.received).toHaveLength(1);
    expect(call).toMatchObject({ method: 'POST', client: 'INSI-AUTO' });
    expect(call?.headers['content-type']).toBe(`application/soap+xml; charset=utf-8; action="${action}"`);
    expect(call?.body).toContain(`<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">${action}</wsa:Action>`);
    expect(call?.body).toContain('<bam:Emetteur>10B0000001</bam:Emetteur>');
    expect(call?.body).toContain('<bam:COUVERTURE/>');
    expect(call?.body).toContain('<lps:IDAM R="4">ABCDEFGHIJ</lps:IDAM>');
    expect(call?.body).toContain('<lps:Nom>urn:lps:sgl-de-reference:1.0.0</lps:Nom>');
    expect(call?.body.match(/<Prenom>[^<]*/g)).toEqual(['<Prenom>DOMINIQUE']);
    expect(call?.body).not.toContain('LieuNaissance');
    expect(call?.body).not.toContain('Security');
  });

  it('retries with the other first names, all of them, then the birth place, and stops', async () => {
    insi.answer = () => SEVERAL;
    const patientId = await register();
    expect(await search(patientId)).toMatchObject({ status: 'provisoire', returnCode: '02' });
    const asked = insi.received.map(({ body }) => body.match(/<(?:Prenom|LieuNaissance)>[^<]*/g)?.join(' '));
    expect(asked).toEqual([
      '<Prenom>DOMINIQUE',
      '<Prenom>MARIE-LOUISE',
      '<Prenom>DOMINIQUE <Prenom>MARIE-LOUISE',
      '<Prenom>DOMINIQUE <Prenom>MARIE-LOUISE <LieuNaissance>51215',
    ]);
    const ids = insi.received.flatMap(({ body }) => body.match(/(?<=uuid:)[0-9a-f-]{36}/g) ?? []);
    expect(new Set(ids).size).toBe(4);
  });

  it('finds at a later try', async () => {
    insi.answer = ({ body }) => (body.includes('LieuNaissance') ? FOUND() : NONE);
    expect(await search(await register())).toMatchObject({ status: 'recuperee', returnCode: '00' });
  });

  it('does not attach somebody else found by a second first name', async () => {
    insi.answer = ({ body }) =>
      body.includes('<Prenom>DOMINIQUE') ? NONE : FOUND({ firstName: 'MARIE-LOUISE', list: 'MARIE-LOUISE ANNE' });
    const patientId = await register();
    expect(await search(patientId)).toMatchObject({ status: 'provisoire', returnCode: '00' });
    expect(await patientState(patientId)).not.toHaveProperty('ins');
  });

  it('keeps 01 as 01', async () => {
    insi.answer = () => NONE;
    expect(await search(await register())).toMatchObject({ status: 'provisoire', returnCode: '01' });
  });

  it.each([
    ['day 00', { birthDate: '1970-05-00' }],
    ['empty name', { birthName: '' }],
    ['wrong key', { key: '01' }],
  ])('refuses a return with %s and changes nothing', async (_name, changes) => {
    insi.answer = () => FOUND(changes);
    const patientId = await register();
    const before = await patientState(patientId);
    const result = await search(patientId);
    expect(result).toMatchObject({ status: 'provisoire', returnCode: '00' });
    expect(result['message']).toContain("n'est pas modifiée");
    expect(await patientState(patientId)).toEqual(before);
  });

  it.each([
    ['a SOAP fault', () => FAULT('insi_102'), 'insi_102'],
    [
      'a maintenance page',
      () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<html>' }),
      'illisible',
    ],
    ['a truncated answer', () => 'tronque' as const, 'coupure'],
    ['a cut connection', () => 'coupe' as const, 'coupure'],
    ['silence', () => 'silence' as const, 'delai'],
    ['an endless answer', () => ({ body: Buffer.alloc(21 * 1024 * 1024) }), 'trop-grand'],
  ])('survives %s: a message, nothing changed, one call', { timeout: 30_000 }, async (_name, answer, returned) => {
    insi.answer = answer;
    const patientId = await register();
    const before = await patientState(patientId);
    const result = await search(patientId);
    expect(result['returnCode']).toBeUndefined();
    expect(result).toMatchObject({ status: 'provisoire', message: expect.stringContaining('INSi') });
    expect(insi.received).toHaveLength(1);
    expect(await patientState(patientId)).toEqual(before);
    const { body } = await laboratory.gesture('readState', { what: 'insi-calls', patientId });
    expect(body['calls']).toMatchObject([{ patientId, user: '899700000001', returned }]);
  });

  it('remembers every call with its user and its return', async () => {
    insi.answer = () => SEVERAL;
    const patientId = await register();
    await laboratory.gesture('searchIns', { patientId, mode: 'traits', user: 'infirmiere-1' });
    const { body } = await laboratory.gesture('readState', { what: 'insi-calls', patientId });
    expect(body['calls']).toHaveLength(4);
    expect((body['calls'] as object[])[0]).toMatchObject({
      user: 'infirmiere-1',
      operation: 'rechercherInsAvecTraitsIdentite',
      returned: '02',
      message: 'Plusieurs identites trouvees',
    });
  });
});

describe('validateReport', () => {
  const order = (patientId: string, changes: object = {}) => ({
    patientId,
    title: "CR d'examens biologiques",
    analyses: ANALYSES,
    professionals: ['dr.green@cabinet.mssante.fr'],
    sendToPatient: true,
    sendToDmp: true,
    ...changes,
  });
  const states = async (reportId: unknown) => {
    const { body } = await laboratory.gesture('readState', { what: 'transmissions', reportId });
    return (body['transmissions'] as { channel: string; state: string }[]).map(({ channel, state }) => [
      channel,
      state,
    ]);
  };

  it('gives the documents, feeds the DMP and sends the mails of a qualified patient', async () => {
    insi.answer = () => FOUND();
    const patientId = await register();
    await search(patientId);
    const { body: identity } = await laboratory.gesture('validateIdentity', { patientId, document: 'passeport' });
    expect(identity).toEqual({ status: 'qualifiee' });
    const { status, body } = await laboratory.gesture('validateReport', order(patientId));
    expect(status).toBe(200);
    const documents = body['documents'] as { kind: string; base64: string }[];
    expect(documents.map((document) => document.kind)).toEqual(['cda-n3', 'cda-n1', 'pdf', 'cda-n3-auto']);
    expect(Buffer.from(documents[0]?.base64 ?? '', 'base64').toString()).toBe('contenu cda-n3');
    expect(channels.sent.toSorted()).toEqual([
      'dmp cda-n1',
      'dmp cda-n3',
      'patient 279035121518989@patient.mssante.fr',
      'professionnel dr.green@cabinet.mssante.fr',
    ]);
    expect(await states(body['reportId'])).toEqual([
      ['dmp', 'transmis'],
      ['dmp', 'transmis'],
      ['mssante-professionnel', 'transmis'],
      ['mssante-patient', 'transmis'],
    ]);
  });

  it('blocks the DMP and the patient when the identity is not qualified', async () => {
    const { body } = await laboratory.gesture('validateReport', order(await register()));
    expect(channels.sent).toEqual(['professionnel dr.green@cabinet.mssante.fr']);
    expect(await states(body['reportId'])).toEqual([
      ['dmp', 'bloque'],
      ['dmp', 'bloque'],
      ['mssante-professionnel', 'transmis'],
      ['mssante-patient', 'bloque'],
    ]);
  });

  it('sends nothing that was not asked', async () => {
    const asked = order(await register(), { professionals: [], sendToPatient: false, sendToDmp: false });
    const { body } = await laboratory.gesture('validateReport', asked);
    expect(await states(body['reportId'])).toEqual([]);
  });

  it('keeps two reports validated at once apart', async () => {
    const patientId = await register();
    const both = await Promise.all([1, 2].map(() => laboratory.gesture('validateReport', order(patientId))));
    expect(new Set(both.map(({ body }) => body['reportId'])).size).toBe(2);
  });
});
