import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SglConfig } from '../model/index.ts';
import { createBrowser } from '../testing/browser.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { playPsc, type FakePsc } from '../testing/fake-psc.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { startTestLaboratory, testConfig, type TestLaboratory } from '../testing/laboratory.ts';

let pki: TestPki;
let service: FakeService;
let psc: FakePsc;
const opened: TestLaboratory[] = [];

beforeAll(async () => {
  pki = await createTestPki();
  service = await startFakeService(pki);
});
beforeEach(async () => {
  psc = await playPsc(service);
});
afterAll(async () => {
  for (const { server } of opened) await server.close();
  await service.close();
  await pki.remove();
});

async function open(changes: Partial<SglConfig['psc']> = {}, faults: string[] = []): Promise<TestLaboratory> {
  const config = testConfig(pki, {
    faults,
    psc: {
      issuer: service.origin,
      discovery: `${service.origin}/.well-known/wallet-openid-configuration`,
      clientId: 'sgl',
      clientSecret: 'secret',
      ...changes,
    },
  });
  const laboratory = await startTestLaboratory(config);
  opened.push(laboratory);
  return laboratory;
}

async function sessionsOf(laboratory: TestLaboratory) {
  return (await laboratory.gesture('readState', { what: 'sessions' })).body['sessions'];
}

describe('login with Pro Santé Connect', () => {
  it('asks what PSC wants and opens the session of the matching account', async () => {
    const laboratory = await open();
    const { body } = await laboratory.gesture('login', { mode: 'psc' });
    const page = await createBrowser(pki.caFile).visit(body['url'] as string);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Connecté : EVA BLUE');
    expect(psc.asked?.get('response_type')).toBe('code');
    expect(psc.asked?.get('scope')).toBe('openid scope_all');
    expect(psc.asked?.get('acr_values')).toBe('eidas1');
    expect(psc.asked?.get('code_challenge_method')).toBe('S256');
    expect(psc.asked?.get('redirect_uri')).toBe(`${laboratory.server.base}/connexion/psc/retour`);
    expect(psc.asked?.has('client_secret')).toBe(false);
    expect(await sessionsOf(laboratory)).toMatchObject([
      { user: '899700000001', nationalId: '899700000001', name: 'EVA BLUE', means: 'psc' },
    ]);
  });

  it('never repeats state nor nonce', async () => {
    const laboratory = await open();
    const seen = new Set<string>();
    for (let login = 0; login < 3; login += 1) {
      await createBrowser(pki.caFile).visit(`${laboratory.server.base}/connexion/psc`);
      seen.add(psc.asked?.get('state') ?? '').add(psc.asked?.get('nonce') ?? '');
    }
    expect(seen.size).toBe(6);
  });

  it('sends the session cookie out of reach of scripts', async () => {
    const laboratory = await open();
    const browser = createBrowser(pki.caFile);
    const start = await browser.get(`${laboratory.server.base}/connexion/psc`);
    const back = await browser.get((await browser.get(start.location ?? '')).location ?? '');
    expect(back.headers.get('set-cookie')).toMatch(/sgl-session=[^;]+; Path=\/; HttpOnly; SameSite=Lax/);
  });

  it('refuses a professional without account, and says what to do', async () => {
    const laboratory = await open();
    psc.nationalId = '899700009999';
    const page = await createBrowser(pki.caFile).visit(`${laboratory.server.base}/connexion/psc`);
    expect(page.status).toBe(403);
    expect(page.text).toContain('Demandez à l&#39;administrateur');
    expect(await sessionsOf(laboratory)).toEqual([]);
  });

  it('opens an account when the setting says so', async () => {
    const laboratory = await open({ autoProvision: true });
    psc.nationalId = '899700009999';
    await createBrowser(pki.caFile).visit(`${laboratory.server.base}/connexion/psc`);
    expect(await sessionsOf(laboratory)).toMatchObject([{ nationalId: '899700009999', name: 'KIT DOC' }]);
    expect(laboratory.lab.accounts.find('899700009999')).toMatchObject({
      title: 'DR',
      profession: '10',
      speciality: 'SM03',
    });
  });

  it.each([
    ['another nonce', { nonce: 'autre' }, false],
    ['another issuer', { iss: 'https://ailleurs.test' }, false],
    ['another audience', { aud: 'autre' }, false],
    ['an expired token', { exp: 1 }, false],
    ['a foreign signature', {}, true],
  ])('refuses %s', async (_name, claims, foreignKey) => {
    const laboratory = await open();
    psc.claims = claims;
    psc.foreignKey = foreignKey;
    const page = await createBrowser(pki.caFile).visit(`${laboratory.server.base}/connexion/psc`);
    expect(page.status).toBe(403);
    expect(await sessionsOf(laboratory)).toEqual([]);
  });

  it('refuses a return with an unknown state, replayed, or brought by another browser', async () => {
    const laboratory = await open();
    const retour = `${laboratory.server.base}/connexion/psc/retour`;
    const browser = createBrowser(pki.caFile);
    expect((await browser.get(`${retour}?code=x&state=y`)).status).toBe(403);
    const start = await browser.get(`${laboratory.server.base}/connexion/psc`);
    const { location = '' } = await browser.get(start.location ?? '');
    expect((await createBrowser(pki.caFile).get(location)).status).toBe(403);
    expect((await browser.get(location)).status).toBe(403);
    expect(await sessionsOf(laboratory)).toEqual([]);
  });

  it('says that the professional refused', async () => {
    const laboratory = await open();
    const browser = createBrowser(pki.caFile);
    const start = new URL((await browser.get(`${laboratory.server.base}/connexion/psc`)).location ?? '');
    const state = start.searchParams.get('state') ?? '';
    const back = `${laboratory.server.base}/connexion/psc/retour?error=access_denied&state=${state}`;
    expect((await browser.get(back)).text).toContain('pas été accordée');
  });

  it('leaves acr_values out only under its fault', async () => {
    const laboratory = await open({}, ['psc-sans-acr']);
    await createBrowser(pki.caFile).visit(`${laboratory.server.base}/connexion/psc`);
    expect(psc.asked?.has('acr_values')).toBe(false);
  });

  it.each([
    ['HTML', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['a cut connection', 'coupe' as const],
    ['another issuer', { headers: { 'content-type': 'application/json' }, body: '{"issuer":"https://autre.test"}' }],
  ])('survives a discovery that answers %s, and recovers', async (_name, answer) => {
    const laboratory = await open();
    const honest = service.answer;
    service.answer = () => answer;
    const browser = createBrowser(pki.caFile);
    expect((await browser.get(`${laboratory.server.base}/connexion/psc`)).status).toBe(422);
    service.answer = honest;
    expect((await browser.visit(`${laboratory.server.base}/connexion/psc`)).text).toContain('EVA BLUE');
  });
});

describe('logout', () => {
  it('closes the session here and gives the address that closes it at PSC', async () => {
    const laboratory = await open();
    await createBrowser(pki.caFile).visit(`${laboratory.server.base}/connexion/psc`);
    const { body } = await laboratory.gesture('logout', { user: '899700000001' });
    const url = new URL(body['url'] as string);
    expect(url.pathname).toBe('/logout');
    expect(url.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${laboratory.server.base}/`);
    expect(await sessionsOf(laboratory)).toEqual([]);
    expect((await laboratory.gesture('logout', { user: '899700000001' })).body).toEqual({});
  });
});
