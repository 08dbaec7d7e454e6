import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '#evidence/browser/index.ts';
import { createTestPki, type TestPki } from '#sut/reference-sgl/testing/certificates.ts';
import { startFakeService, type FakeService } from '#sut/reference-sgl/testing/fake-service.ts';
import { FOUND } from '#sut/reference-sgl/testing/insi-answers.ts';
import { startTestLaboratory, testConfig, type TestLaboratory } from '#sut/reference-sgl/testing/laboratory.ts';

/** The screens of the example product, as a tester films them. It is here because the product may reach nothing of the bench. */

let browser: Browser;
let pki: TestPki;
let insi: FakeService;
let laboratory: TestLaboratory;
let base: string;
let page: Page;
let scripted: Page;

beforeAll(async () => {
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  scripted = await (await browser.newContext({ bypassCSP: true })).newPage();
  pki = await createTestPki();
  insi = await startFakeService(pki, { mutual: true });
  insi.answer = () => FOUND();
  laboratory = await startTestLaboratory(testConfig(pki, { insi: { ...testConfig(pki).insi, url: insi.origin } }));
  base = laboratory.server.base;
});
afterAll(async () => {
  await browser?.close();
  await laboratory?.server.close();
  await insi?.close();
  await pki?.remove();
});
beforeEach(async () => {
  page = await logIn('utilisateur');
  return () => page.context().close();
});

/** No script runs in these pages: the test does without as well. */
async function logIn(profile: string): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: base });
  const opened = await context.newPage();
  await opened.goto('/connexion');
  await opened.getByLabel('Profil').selectOption(profile);
  await opened.getByRole('button', { name: /session locale/ }).click();
  return opened;
}

async function createPatient(opened: Page, birthName: string): Promise<void> {
  await opened.goto('/patients/nouveau');
  await opened.getByLabel(/^Nom de naissance/).fill(birthName);
  await opened.getByLabel(/^1er prénom de naissance/).fill('Dominique');
  await opened.getByLabel(/^Sexe/).selectOption('F');
  await opened.getByLabel(/^Date de naissance/).fill('1979-03-28');
  await opened.getByLabel(/^Code du lieu de naissance/).fill('51215');
  await opened.getByRole('button', { name: "Créer l'identité" }).click();
}

/** axe needs scripts: the same page is opened once more with them, under the cookies of the session. */
async function problemsOf(opened: Page): Promise<object[]> {
  await scripted.context().clearCookies();
  await scripted.context().addCookies(await opened.context().cookies());
  await scripted.goto(opened.url());
  const { violations } = await new AxeBuilder({ page: scripted }).analyze();
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}

describe('the screens of the example product', () => {
  it('takes an identity to its qualification, by the keyboard and without a script', async () => {
    await createPatient(page, 'Pat-Troie');
    expect(await page.getByText('Identité provisoire').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: "Rechercher l'INS par traits" }).click();
    const row = page.getByRole('row', { name: /^Nom de naissance PAT-TROIE PAT-TROIS/ });
    expect(await row.getByText('Différent').count()).toBe(1);
    expect(await problemsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Retour à la fiche du patient' }).click();
    const form = page.getByRole('region', { name: "Modifier l'identité" });
    const name = form.getByLabel(/^Nom de naissance/);
    expect(await name.getAttribute('readonly')).not.toBeNull();
    expect(await form.getByLabel(/^Nom utilisé/).isEditable()).toBe(true);
    expect(await page.getByText('Verrouillé').count()).toBeGreaterThan(8);
    await page.getByLabel('Sur ce justificatif').selectOption('passeport');
    await page.getByRole('button', { name: "Valider l'identité" }).click();
    expect(await page.getByRole('group', { name: 'Identité' }).getByText('Identité qualifiée').count()).toBe(1);
    expect(await problemsOf(page)).toEqual([]);
  });

  it('does not let a mandatory field be left empty, nor an accent in', async () => {
    await page.goto('/patients/nouveau');
    await page.getByRole('button', { name: "Créer l'identité" }).click();
    expect(new URL(page.url()).pathname).toBe('/patients/nouveau');
    await createPatient(page, 'Lefèvre');
    expect(new URL(page.url()).pathname).toBe('/patients/nouveau');
    expect(laboratory.lab.patients.search({ nameStart: 'LEFEVRE' })).toEqual([]);
  });

  it('opens an account whose number waits, and verifies its address by the code shown', async () => {
    const admin = await logIn('super-utilisateur');
    await admin.goto('/comptes');
    await admin.getByLabel(/^Nom d'exercice/).fill('GREEN');
    await admin.getByLabel(/^Prénom/).fill('TOM');
    await admin.getByLabel(/^Adresse/).fill('tom@exemple.fr');
    await admin.getByRole('button', { name: 'Ouvrir le compte' }).click();
    expect(await admin.getByRole('status').innerText()).toContain('nouvelle recherche automatique');
    expect(await problemsOf(admin)).toEqual([]);
    const code = /affiché ici,\s*(\d{6})/.exec(await admin.locator('main').innerText())?.[1] ?? '';
    await admin.getByLabel('Code reçu').fill(code);
    await admin.getByRole('button', { name: "Vérifier l'adresse" }).click();
    expect(await admin.getByText('tom@exemple.fr (vérifiée)').count()).toBe(1);
    await admin.context().close();
  });

  it('lets the person in charge set documents, trust and rights, and shows what was set', async () => {
    const admin = await logIn('super-utilisateur');
    await admin.goto('/parametres');
    expect(await problemsOf(admin)).toEqual([]);
    await admin.getByLabel('Carte Vitale').check();
    await admin.getByLabel(/dès qu'un tel justificatif/).uncheck();
    await admin.getByRole('button', { name: 'Enregistrer les justificatifs' }).click();
    expect(await admin.getByLabel('Carte Vitale').isChecked()).toBe(true);
    await admin.getByLabel(/^Domaines liés/).fill('1.2.250.1.999.7, 1.2.250.1.999.8');
    await admin.getByRole('button', { name: 'Enregistrer le domaine' }).click();
    expect(laboratory.lab.settings.current()).toMatchObject({
      automaticValidation: false,
      trustedDomains: ['1.2.250.1.999.7', '1.2.250.1.999.8'],
    });
    laboratory.lab.settings.adjust({ automaticValidation: true });
    await admin.context().close();
  });

  it.each([
    '/',
    '/patients',
    '/patients/nouveau',
    '/liste-de-travail',
    '/demandes',
    '/comptes-rendus',
    '/envois',
    '/journal-insi',
    '/journal-identites',
    '/journal-hl7',
    '/annuaire',
    '/comptes',
    '/parametres',
    '/connexion',
  ])('%s is accessible', async (path) => {
    await page.goto(path);
    expect(await problemsOf(page)).toEqual([]);
  });
});
