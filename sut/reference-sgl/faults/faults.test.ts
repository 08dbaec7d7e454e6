import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { FOUND } from '../testing/insi-answers.ts';
import { startTestLaboratory, testConfig } from '../testing/laboratory.ts';

let pki: TestPki;
let insi: FakeService;
beforeAll(async () => {
  pki = await createTestPki();
  insi = await startFakeService(pki, { mutual: true });
});
afterAll(async () => {
  await insi.close();
  await pki.remove();
});

const TRAITS = {
  birthName: 'PAT-TROIS',
  firstNames: ['DOMINIQUE'],
  sex: 'F',
  birthDate: '1970-05-12',
  birthPlace: '51215',
};

/** Status after a return 00, with the faults of one laboratory. */
async function statusAfterReturn(faults: string[], birthDate: string): Promise<unknown> {
  insi.answer = () => FOUND({ birthDate });
  const config = testConfig(pki, { faults, insi: { ...testConfig(pki).insi, url: insi.origin } });
  const laboratory = await startTestLaboratory(config);
  const { body } = await laboratory.gesture('registerPatient', { traits: TRAITS });
  const search = await laboratory.gesture('searchIns', { patientId: body['patientId'], mode: 'traits' });
  await laboratory.server.close();
  return search.body['status'];
}

it.each([
  [[], '1970-05-12', 'recuperee'],
  [['insi-qualifie-sans-titre'], '1970-05-12', 'qualifiee'],
  [[], '1970-05-00', 'provisoire'],
  [['insi-qualifie-sans-titre'], '1970-05-00', 'provisoire'],
  [['insi-garde-date-00'], '1970-05-00', 'recuperee'],
])('with the faults %j, a return born %s ends as %s', async (faults, birthDate, status) => {
  expect(await statusAfterReturn(faults, birthDate)).toBe(status);
});
