import { afterAll, beforeAll, expect, it } from 'vitest';
import { BIOLOGIST, sampleConfig, sampleReport } from '../samples/report.ts';
import { sampleSeal } from '../samples/rsa.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { type FakeService, startFakeService } from '../testing/fake-service.ts';
import { askBesides, questionsBesides } from './asked-besides.ts';
import type { DmpContext } from './call.ts';

const AT = new Date('2026-07-01T22:30:00Z');
const { patient } = sampleReport();
let pki: TestPki;
let dmp: FakeService;
let context: DmpContext;
beforeAll(async () => {
  pki = await createTestPki();
  dmp = await startFakeService(pki, { mutual: true });
  const { files } = await sampleSeal(pki.caFile);
  const config = sampleConfig({ ca: pki.caFile, timeoutMs: 2_000 });
  config.dmp = { ...config.dmp, base: `${dmp.origin}/s`, sign: files, ...pki.client };
  context = { author: BIOLOGIST, patient: '101066322083675^^^&1.2.250.1.213.1.4.10&ISO^NH', config, faults: new Set() };
});
afterAll(async () => {
  await dmp.close();
  await pki.remove();
});

it('asks nothing without a fault', async () => {
  await askBesides(patient, context, AT);
  expect(dmp.received).toEqual([]);
});

const birth = patient.traits.birthDate;
it.each([
  ['dmp-liste-dmp-jour-seul', 'patientList', '<startDate>20260601</startDate><dateType>LASTDOC</dateType>', undefined],
  ['dmp-liste-professionnels-mode', 'listAuthorizationByPatient', '<mode>TOUS</mode>', '101066322083675'],
  ['dmp-recherche-traits-sans-heure', 'PRPA_IN201305UV02', '<creationTime value="20260701"/>', undefined],
  ['dmp-recherche-traits-date', 'PRPA_IN201305UV02', `<livingSubjectBirthTime><value value="${birth}"/>`, undefined],
])('%s asks one question, wrong in one place', async (fault, action, shown, named) => {
  const faults = new Set([fault]);
  expect(questionsBesides(patient, context.config, faults, AT)).toHaveLength(1);
  dmp.received.length = 0;
  dmp.answer = () => ({ status: 500, body: 'refusé' });
  await askBesides(patient, { ...context, faults }, AT);
  expect(dmp.received).toHaveLength(1);
  const { body = '', headers = {} } = dmp.received[0] ?? {};
  expect(headers['content-type']).toContain(`${action}"`);
  expect(body).toContain(shown);
  // Of these calls, the VIHF names the patient only where the operation is about one.
  expect(/resource-id"><saml2:AttributeValue>(\d*)/.exec(body)?.[1]).toBe(named);
});
