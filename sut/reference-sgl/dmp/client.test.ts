import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import type { BuiltDocument, SglConfig } from '../model/types.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { sampleSeal } from '../samples/rsa.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { type FakeAnswer, type FakeService, startFakeService } from '../testing/fake-service.ts';
import { feedDmp, testExistence } from './index.ts';

const report = sampleReport();
const none: ReadonlySet<string> = new Set();
const unqualified = { ...report.patient, status: 'validee' as const };

let pki: TestPki;
let dmp: FakeService;
let config: SglConfig;
let n3: BuiltDocument;
let n1: BuiltDocument;
let pdf: BuiltDocument;

beforeAll(async () => {
  pki = await createTestPki();
  dmp = await startFakeService(pki, { mutual: true });
  const { files } = await sampleSeal(pki.caFile);
  config = sampleConfig({ ca: pki.caFile, timeoutMs: 500 });
  config.dmp = { ...config.dmp, base: `${dmp.origin}/si-dmp-server/v2/services`, sign: files, ...pki.client };
  ({ n3, n1, pdf } = await buildReportDocuments(report, config, none));
});
afterAll(async () => {
  await dmp.close();
  await pki.remove();
});
beforeEach(() => {
  dmp.received.length = 0;
});

function registry(status: string, errorCode?: string): FakeAnswer {
  const error =
    errorCode === undefined
      ? ''
      : `<RegistryErrorList><RegistryError errorCode="${errorCode}" codeContext="contexte"/></RegistryErrorList>`;
  return {
    headers: { 'content-type': 'application/soap+xml' },
    body:
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>' +
      `<RegistryResponse xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:${status}">${error}</RegistryResponse>` +
      '</s:Body></s:Envelope>',
  };
}

test('feeds N3 then N1, one submission each, over mutual TLS, and leaves the PDF aside', async () => {
  dmp.answer = () => registry('Success');
  const answer = await feedDmp(report, [pdf, n1, n3], config, none);
  expect(answer).toMatchObject({ state: 'transmis', references: [n3.id, n1.id] });
  expect(dmp.received.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
    'POST /si-dmp-server/v2/services/repository',
    'POST /si-dmp-server/v2/services/repository',
  ]);
  expect(dmp.received[0]?.client).toBe('INSI-AUTO');
  expect(dmp.received[0]?.body).toContain(n3.id);
  expect(dmp.received[0]?.body).not.toContain(n1.id);
  expect(dmp.received[1]?.body).toContain(n1.id);
});

test('stops at the first refusal and says why', async () => {
  dmp.answer = () => registry('Failure', 'XDSRegistryMetadataError');
  const answer = await feedDmp(report, [n3, n1], config, none);
  expect(answer).toEqual({
    state: 'refuse',
    detail: 'CDA niveau 3 : Le DMP a refusé le document. XDSRegistryMetadataError : contexte',
    references: [],
  });
  expect(dmp.received).toHaveLength(1);
});

test('a partial success is sent, with its warning', async () => {
  dmp.answer = () => registry('PartialSuccess', 'XDSRegistryError');
  expect(await feedDmp(report, [n3, n1], config, none)).toEqual({
    state: 'transmis',
    detail: '2 document(s) enregistré(s) dans le DMP. Avertissement du DMP. XDSRegistryError : contexte',
    references: [n3.id, n1.id],
  });
});

test('keeps what was registered when the second document must wait, and sends it again under the same identifier', async () => {
  dmp.answer = () => (dmp.received.length === 1 ? registry('Success') : registry('Failure', 'XDSRegistryNotAvailable'));
  const first = await feedDmp(report, [n3, n1], config, none);
  expect(first).toMatchObject({ state: 'en-attente', references: [n3.id] });
  dmp.answer = () => registry('Success');
  const rest = [n3, n1].filter((document) => !first.references.includes(document.id));
  expect(await feedDmp(report, rest, config, none)).toMatchObject({ state: 'transmis', references: [n1.id] });
  expect(dmp.received[2]?.body).toContain(n1.id);
});

test.each<[string, FakeAnswer]>([
  ['503', { status: 503, body: '<html/>' }],
  ['connection cut', 'coupe'],
  ['answer cut', 'tronque'],
  ['silence', 'silence'],
])('waits when the service is out: %s', async (_, answer) => {
  dmp.answer = () => answer;
  expect(await feedDmp(report, [n3], config, none)).toMatchObject({ state: 'en-attente', references: [] });
});

test('an unknown authority is a refusal, not a wait', async () => {
  const other = await createTestPki();
  const answer = await feedDmp(report, [n3], { ...config, ca: other.caFile }, none);
  await other.remove();
  expect(answer.state).toBe('refuse');
  expect(answer.detail).toContain('certificat');
});

test('a seal that cannot be read is a refusal with its remedy', async () => {
  const broken = { ...config, dmp: { ...config.dmp, sign: { cert: '/nulle-part.pem', key: '/nulle-part.key' } } };
  const answer = await feedDmp(report, [n3], broken, none);
  expect(answer.state).toBe('refuse');
  expect(answer.detail).toContain('dmp.sign');
});

test('nothing leaves for an identity that is not qualified', async () => {
  expect(await feedDmp({ ...report, patient: unqualified }, [n3], config, none)).toMatchObject({ state: 'refuse' });
  expect(await testExistence(unqualified, config, report.biologist)).toMatchObject({ exists: false, transient: false });
  expect(dmp.received).toEqual([]);
});

test('the existence test goes to /patients and tells open, closed, absent and out of service apart', async () => {
  const answers: readonly (readonly [FakeAnswer, object])[] = [
    [existence('OK', 'active'), { exists: true, closed: false, transient: false }],
    [existence('OK', 'terminated'), { exists: true, closed: true, transient: false }],
    [existence('NF'), { exists: false, closed: false, transient: false }],
    [{ status: 503 }, { exists: false, closed: false, transient: true }],
  ];
  for (const [answer, expected] of answers) {
    dmp.answer = () => answer;
    expect(await testExistence(report.patient, config, report.biologist)).toMatchObject(expected);
  }
  expect(dmp.received[0]?.url.pathname).toBe('/si-dmp-server/v2/services/patients');
  expect(dmp.received[0]?.headers['content-type']).toContain('action="urn:hl7-org:v3:PRPA_IN201307UV02"');
});

function existence(query: string, status?: string): FakeAnswer {
  const subject =
    status === undefined
      ? ''
      : `<subject><registrationEvent><subject1><patient><statusCode code="${status}"/></patient></subject1></registrationEvent></subject>`;
  return {
    headers: { 'content-type': 'application/soap+xml' },
    body:
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><PRPA_IN201308UV02 xmlns="urn:hl7-org:v3">' +
      `<acknowledgement typeCode="AA"/><controlActProcess>${subject}<queryAck><queryResponseCode code="${query}"/></queryAck></controlActProcess>` +
      '</PRPA_IN201308UV02></s:Body></s:Envelope>',
  };
}
