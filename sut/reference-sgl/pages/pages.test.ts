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
});
afterAll(async () => {
  await insi.close();
  await pki.remove();
});
beforeEach(async () => {
  const config = testConfig(pki, { insi: { ...testConfig(pki).insi, url: insi.origin } });
  laboratory = await startTestLaboratory(config);
  base = laboratory.server.base;
  browser = createBrowser(pki.caFile);
  const jeton = tokenOf(await browser.get(`${base}/connexion`));
  await browser.post(`${base}/connexion/locale`, { jeton });
  return () => laboratory.server.close();
});

const MENU = [
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
  '/messagerie',
  '/journal-mss',
  '/annuaire',
  '/comptes',
  '/parametres',
  '/connexion',
];

async function logIn(profil: string): Promise<TestBrowser> {
  const other = createBrowser(pki.caFile);
  const jeton = tokenOf(await other.get(`${base}/connexion`));
  await other.post(`${base}/connexion/locale`, { jeton, profil });
  return other;
}

/** Sends a form of a page with its token, and gives the page that follows. */
async function act(who: TestBrowser, from: string, path: string, form: Record<string, string>): Promise<string> {
  const jeton = tokenOf(await who.get(base + from));
  const answer = await who.post(base + path, { jeton, ...form });
  return answer.location === undefined ? answer.text : (await who.get(new URL(answer.location, base).href)).text;
}

async function createPatient(changes: Record<string, string> = {}): Promise<string> {
  const jeton = tokenOf(await browser.get(`${base}/patients/nouveau`));
  const answer = await browser.post(`${base}/patients`, {
    jeton,
    birthName: 'Pat-Trois',
    firstName: 'Dominique',
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
    ['no birth place', { birthPlace: '' }],
    ['no sex', { sex: '' }],
    ['a day that does not exist', { birthDate: '1979-02-30' }],
    ['a number that is none', { socialSecurityNumber: '12' }],
  ])('refuses %s with a remedy', async (_name, changes) => {
    const jeton = tokenOf(await browser.get(`${base}/patients/nouveau`));
    const form = {
      jeton,
      birthName: 'A',
      firstName: 'B',
      sex: 'F',
      birthDate: '1979-03-28',
      birthPlace: '75101',
      ...changes,
    };
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

  it('shows locked traits to a user, who cannot change them, and lets a super-user lose the INS', async () => {
    const path = await createPatient({ usedName: 'Blanc', socialSecurityNumber: '2 79 03 51 215 189' });
    let text = await act(browser, path, `${path}/recherche-ins`, {});
    expect(text).toContain('Traits saisis et traits renvoyés par INSi');
    text = (await browser.get(base + path)).text;
    expect(text).toMatch(/Matricule INS<\/dt>\s*<dd>279035121518989 \(NIR\) <span class="verrou">/);
    expect(text).toMatch(/1\.2\.250\.1\.213\.1\.4\.10 <span class="verrou">/);
    expect(text).toMatch(/remboursement des soins\)<\/dt>\s*<dd>2790351215189 <\/dd>/);
    expect(text).toMatch(/name="birthName"[^>]*readonly/);
    expect(text).not.toMatch(/name="usedName"[^>]*readonly/);
    text = await act(browser, path, `${path}/modification`, { birthName: 'AUTRE' });
    expect(text).toContain('trait verrouillé');
    text = await act(browser, path, `${path}/modification`, { usedName: 'Noir' });
    expect(text).toContain('NOIR');
    expect(text).toContain('Identité récupérée');
    const admin = await logIn('super-utilisateur');
    text = await act(admin, path, `${path}/modification`, { birthName: 'AUTRE' });
    expect(text).toContain('Matricule INS et OID retirés.');
    expect(text).toContain('Identité provisoire');
  });

  it('compares what was typed with what INSi returned', async () => {
    const path = await createPatient({ birthName: 'Pat-Troie', birthPlace: '63220' });
    const text = await act(browser, path, `${path}/recherche-ins`, { authentication: 'organisation' });
    expect(text).toMatch(/PAT-TROIE<\/td>\s*<td>PAT-TROIS<\/td>/);
    expect(text.match(/>Différent</g)).toHaveLength(2);
    expect((await browser.get(`${base}${await createPatient()}/comparaison`)).status).toBe(302);
  });

  it('searches as rule 17 wants', async () => {
    await createPatient({ birthName: "D'Artagnan", birthDate: '1950-01-31', usedName: 'Castelmore' });
    const found = async (query: string) => (await browser.get(`${base}/patients?naissance=1950-01-31&${query}`)).text;
    expect(await found('')).toContain('ARTAGNAN');
    expect(await found('nom=dart')).toContain('ARTAGNAN');
    expect(await found('nom=castel')).toContain('ARTAGNAN');
    expect(await found('prenom=marie-l')).toContain('ARTAGNAN');
    expect(await found('nom=zzz')).toContain('aucune ligne');
    const short = await browser.get(`${base}/patients?matricule=2790351215189`);
    expect([short.status, short.text.includes('15 caractères du matricule INS')]).toEqual([422, true]);
    expect((await browser.get(`${base}/patients?matricule=279035121518988`)).text).toContain('clé du matricule');
  });

  it('blocks INSi for a doubtful identity, and says why', async () => {
    const path = await createPatient();
    const text = await act(browser, path, `${path}/attribut`, { flag: 'douteuse', on: 'oui' });
    expect(text).toContain('Appel à INSi bloqué');
    const before = insi.received.length;
    expect(await act(browser, path, `${path}/recherche-ins`, {})).toContain('est bloqué');
    expect(insi.received).toHaveLength(before);
    expect(await act(browser, path, `${path}/attribut`, { flag: 'autre', on: 'oui' })).toContain(
      'attribut n&#39;existe pas',
    );
  });

  it('lets people ask for a change of their own account only', async () => {
    const open = { lastName: 'GREEN', firstName: 'TOM', profession: 'SECRETARIAT' };
    expect(await act(browser, '/connexion', '/comptes', open)).toContain('pas habilité');
    const admin = await logIn('super-utilisateur');
    expect(await act(admin, '/comptes', '/comptes', open)).toContain('Compte ouvert. Profession hors du RPPS');
    const change = { lastName: '', email: 'eva@exemple.fr' };
    const mine = '/comptes/899700000001';
    expect(await act(browser, mine, `${mine}/modification`, change)).toContain('eva@exemple.fr (non vérifiée)');
    expect(await act(browser, mine, '/comptes/tom.green/modification', change)).toContain('pas habilité');
    expect((await browser.get(`${base}/comptes/tom.green`)).text).not.toContain('Modifier le compte');
    const code = laboratory.lab.accounts.waitingCode('899700000001')?.code ?? '';
    expect(await act(admin, '/comptes', '/comptes/tom.green/code', { code })).toContain('n&#39;est pas le bon');
    expect(await act(browser, mine, `${mine}/code`, { code })).toContain('eva@exemple.fr (vérifiée)');
  });

  it('opens the identities to who has the right only', async () => {
    const path = await createPatient();
    const stranger = await logIn('technicien');
    for (const page of ['/patients', path, '/journal-identites', '/demandes', '/comptes-rendus']) {
      const { status, text } = await stranger.get(base + page);
      expect([page, status]).toEqual([page, 422]);
      expect(text).toContain('pas habilité');
      expect(text).not.toContain('PAT-TROIS');
    }
    expect(await act(stranger, '/connexion', '/parametres/habilitations', {})).toContain('pas habilité à modifier');
    const admin = await logIn('super-utilisateur');
    const droits = { 'droits-technicien': 'identites', 'droits-utilisateur': 'identites' };
    await act(admin, '/parametres', '/parametres/habilitations', droits);
    expect((await stranger.get(base + path)).status).toBe(200);
    expect(await act(browser, path, `${path}/recherche-ins`, {})).toContain('pas habilité à appeler');
    // Whatever is ticked, somebody still reaches the settings.
    expect((await admin.get(base + path)).status).toBe(422);
    expect((await admin.get(`${base}/parametres`)).text).not.toContain('sans pouvoir les modifier');
  });
});
