import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBrowser, tokenOf, type TestBrowser } from '../testing/browser.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { FOUND } from '../testing/insi-answers.ts';
import { startTestLaboratory, testConfig, type TestLaboratory } from '../testing/laboratory.ts';

let pki: TestPki;
let insi: FakeService;
let laboratory: TestLaboratory;
let base: string;
let browser: TestBrowser;

beforeAll(async () => {
  pki = await createTestPki();
  insi = await startFakeService(pki, { mutual: true });
  insi.answer = () => FOUND();
  const config = testConfig(pki, { insi: { ...testConfig(pki).insi, url: insi.origin } });
  laboratory = await startTestLaboratory(config);
  base = laboratory.server.base;
});
afterAll(async () => {
  await laboratory.server.close();
  await insi.close();
  await pki.remove();
});
beforeEach(async () => {
  browser = createBrowser(pki.caFile);
  const jeton = tokenOf(await browser.get(`${base}/connexion`));
  await browser.post(`${base}/connexion/locale`, { jeton });
});

const MENU = ['/', '/patients', '/demandes', '/comptes-rendus', '/envois', '/journal-insi', '/annuaire', '/connexion'];

async function createPatient(changes: Record<string, string> = {}): Promise<string> {
  const jeton = tokenOf(await browser.get(`${base}/patients`));
  const answer = await browser.post(`${base}/patients`, {
    jeton,
    birthName: 'Pat-Trois',
    firstNames: 'Dominique, Marie-Louise',
    sex: 'F',
    birthDate: '1979-03-28',
    birthPlace: '51215',
    usedName: '',
    ...changes,
  });
  expect(answer.status).toBe(303);
  return new URL(answer.location ?? '', base).pathname;
}

describe('screens', () => {
  it.each(MENU)('%s is a whole French page for a logged in user', async (path) => {
    const { status, text, headers } = await browser.get(base + path);
    expect(status).toBe(200);
    expect(text).toContain('<html lang="fr">');
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).toContain('Connecté : EVA BLUE');
    expect(text).not.toContain('[object');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(MENU.filter((path) => path !== '/connexion'))('%s sends a stranger to the login page', async (path) => {
    const { status, location } = await createBrowser(pki.caFile).get(base + path);
    expect([status, location]).toEqual([302, '/connexion']);
  });

  it('follows a patient from registration to a qualified identity and a sent report', async () => {
    const path = await createPatient();
    let page = await browser.get(base + path);
    expect(page.text).toContain('Identité provisoire');
    expect(page.text).not.toContain('AccesDirect');
    let answer = await browser.post(`${base}${path}/recherche-ins`, { jeton: tokenOf(page) });
    expect((await browser.get(new URL(answer.location ?? '', base).href)).text).toContain('Identité récupérée');
    await browser.post(`${base}${path}/piece`, { jeton: tokenOf(page), document: 'passeport' });
    page = await browser.get(base + path);
    expect(page.text).toContain('Identité qualifiée');
    expect(page.text).toContain('/AccesDirect/TableauDeBord/279035121518989"');
    expect(page.text).toContain('recuperee → qualifiee');
    answer = await browser.post(`${base}/demandes`, {
      jeton: tokenOf(await browser.get(`${base}/demandes`)),
      patientId: path.split('/').at(-1) ?? '',
      title: 'Bilan',
      'code-1': '718-7',
      'label-1': 'Hémoglobine',
      'value-1': '13,2',
      'unit-1': 'g/dL',
      professionals: 'a@x.mssante.fr; b@x.mssante.fr',
      patient: 'oui',
      dmp: 'oui',
    });
    const report = await browser.get(new URL(answer.location ?? '', base).href);
    expect(report.text.match(/Transmis/g)).toHaveLength(5);
    const reportPath = new URL(report.url).pathname;
    const n3 = await browser.get(`${base}${reportPath}/cda-n3`);
    expect([n3.text, n3.headers.get('content-type')]).toEqual(['contenu cda-n3', 'text/plain; charset=utf-8']);
    expect((await browser.get(`${base}${reportPath}/pdf`)).headers.get('content-type')).toBe('application/pdf');
    expect((await browser.get(`${base}${reportPath}/autre`)).status).toBe(422);
    expect((await browser.get(`${base}/journal-insi`)).text).toContain('rechercherInsAvecTraitsIdentite');
  });

  it('escapes what people write', async () => {
    const notice = encodeURIComponent('<img src=x onerror=alert(1)>');
    expect((await browser.get(`${base}/patients?avis=${notice}`)).text).not.toContain('<img');
    const search = await browser.get(`${base}/patients?nom=${encodeURIComponent('"><script>')}`);
    expect(search.text).not.toContain('<script');
  });

  it.each([
    ['an unreadable date', { birthDate: '28/03/1979' }],
    ['no name', { birthName: '  ' }],
    ['a wrong birth place', { birthPlace: '!' }],
  ])('refuses %s with a remedy', async (_name, changes) => {
    const jeton = tokenOf(await browser.get(`${base}/patients`));
    const form = { jeton, birthName: 'A', firstNames: 'B', sex: 'F', birthDate: '1979-03-28', ...changes };
    const { status, text } = await browser.post(`${base}/patients`, form);
    expect(status).toBe(422);
    expect(text).toContain('role="alert"');
  });

  it('refuses a form without its token, or with that of another browser', async () => {
    const before = laboratory.lab.patients.list().length;
    const form = { birthName: 'A', firstNames: 'B', sex: 'F', birthDate: '1979-03-28' };
    expect((await browser.post(`${base}/patients`, form)).status).toBe(403);
    const jeton = tokenOf(await createBrowser(pki.caFile).get(`${base}/connexion`));
    expect((await browser.post(`${base}/patients`, { ...form, jeton })).status).toBe(403);
    expect((await browser.post(`${base}/deconnexion`, { jeton })).status).toBe(403);
    expect(laboratory.lab.patients.list()).toHaveLength(before);
  });

  it('logs out', async () => {
    const jeton = tokenOf(await browser.get(`${base}/connexion`));
    expect((await browser.post(`${base}/deconnexion`, { jeton })).location).toBe('/connexion');
    expect((await browser.get(`${base}/patients`)).location).toBe('/connexion');
  });
});
