import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { afterEach, describe, expect, it } from 'vitest';
import type { OidcSettings } from './index.ts';
import { freePort, Person, startTeam, type TeamServer } from './team.fixture.ts';

/** People of the test provider: what it says of each. */
const PEOPLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'sub-1': { preferred_username: 'Camille', groups: ['autres', 'qualite'] },
  'sub-2': { preferred_username: 'Visiteur', groups: ['autres'] },
  'sub-3': { preferred_username: 'qa', groups: 'qualite' },
  'sub-4': { email: 'dominique@exemple.fr', groups: ['chefs'] },
};

/** Whoever comes to the provider is the person that the test says. */
let comer = 'sub-1';

const close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const one of close.splice(0)) await one();
});

/** A provider that knows one tracker, whose address is only known once it is started. */
async function startProvider(issuer: string, redirect: string): Promise<() => Promise<void>> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'jalon',
        client_secret: 'secret-du-client-de-test',
        redirect_uris: [redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['clé des témoins du test'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email'] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, ...PEOPLE[sub] }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
  });
  const callback = oidc.callback();
  const provider = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) {
      void callback(request, response);
      return;
    }
    void (async () => {
      const details = await oidc.interactionDetails(request, response);
      const grant = new oidc.Grant({ accountId: comer, clientId: 'jalon' });
      grant.addOIDCScope('openid profile email');
      const grantId = await grant.save();
      const result = details.prompt.name === 'login' ? { login: { accountId: comer } } : { consent: { grantId } };
      await oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
    })();
  });
  await new Promise<void>((resolve) => {
    provider.listen(Number(new URL(issuer).port), '127.0.0.1', resolve);
  });
  return () =>
    new Promise((resolve) => {
      provider.close(() => resolve());
      provider.closeAllConnections();
    });
}

interface Login {
  readonly team: TeamServer;
  readonly issuer: string;
  /** The provider goes away. */
  readonly leave: () => Promise<void>;
}

async function start(roles?: OidcSettings['roles']): Promise<Login> {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const team = await startTeam({
    oidc: () => ({
      issuer: new URL(issuer),
      clientId: 'jalon',
      clientSecret: 'secret-du-client-de-test',
      scope: 'openid profile email',
      ...(roles === undefined ? {} : { roles }),
    }),
  });
  const leave = await startProvider(issuer, `${team.origin}/api/session/oidc/return`);
  close.push(() => team.close(), leave);
  return { team, issuer, leave };
}

const ROLES: OidcSettings['roles'] = {
  claim: 'groups',
  values: [
    { value: 'qualite', role: 'qa' },
    { value: 'chefs', role: 'chef-de-projet' },
  ],
};

/** Follows the provider as a browser would, with a cookie jar of its own. */
async function throughProvider(address: string, issuer = new URL(address).origin): Promise<string> {
  const jar = new Map<string, string>();
  let url = address;
  for (let hops = 0; hops < 20; hops += 1) {
    if (!url.startsWith(issuer)) return url;
    const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const one of response.headers.getSetCookie()) {
      const [pair = ''] = one.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const next = response.headers.get('location');
    if (next === null) throw new Error(`le fournisseur s'arrête à ${url} (${response.status})`);
    url = new URL(next, url).href;
  }
  throw new Error('le fournisseur tourne en rond');
}

async function come(team: TeamServer, as: string) {
  comer = as;
  const person = new Person(team.origin);
  const begun = await person.send('GET', '/api/session/oidc');
  expect(begun.status).toBe(302);
  const back = await throughProvider(begun.headers.get('location') ?? '');
  const { pathname, search } = new URL(back);
  const ended = await person.send('GET', `${pathname}${search}`);
  return { person, ended, back: `${pathname}${search}` };
}

describe('an identity provider', () => {
  it('opens a session with the role that it gives, and keeps it in step', async () => {
    const { team, issuer } = await start(ROLES);
    expect((await team.stranger.send('GET', '/api/session')).body).toMatchObject({ provider: true });
    const { person, ended } = await come(team, 'sub-1');
    expect([ended.status, ended.headers.get('location')]).toEqual([302, '/']);
    expect((await person.send('GET', '/api/session')).body).toMatchObject({
      name: 'Camille',
      role: 'qa',
      local: false,
    });
    const key = await team.tracker.accountKey('Camille');
    expect(key).toMatchObject({ password: null, account: { provider: issuer } });
    // Nobody enters it with a password, not even an empty one.
    expect((await new Person(team.origin).logIn('Camille', '')).status).toBe(401);
    const admin = await team.as('administrateur');
    await admin.send('PATCH', '/api/accounts/Camille', { json: { role: 'lecteur' }, seen: 1 });
    const again = await come(team, 'sub-1');
    expect((await again.person.send('GET', '/api/session')).body).toMatchObject({ role: 'qa' });
    await admin.send('PATCH', '/api/accounts/Camille', { json: { disabled: true }, seen: 3 });
    expect((await come(team, 'sub-1')).ended.body['code']).toBe('COMPTE_SANS_ROLE');
  });

  it('opens nothing to who has no role here, nor the account of somebody of the same name', async () => {
    const { team } = await start(ROLES);
    expect((await come(team, 'sub-2')).ended).toMatchObject({ status: 403, body: { code: 'COMPTE_SANS_ROLE' } });
    expect((await come(team, 'sub-3')).ended).toMatchObject({ status: 409, body: { code: 'ACCOUNT_EXISTS' } });
    // Whoever looks at a page is told by the page of the login.
    const looking = await team.stranger.fetch('GET', '/api/session/oidc/return?error=access_denied&state=x', {
      headers: { accept: 'text/html,*/*' },
    });
    expect([looking.status, looking.headers.get('location')]).toEqual([302, '/?refus=FOURNISSEUR_EN_ECHEC']);
    const { person } = await come(team, 'sub-4');
    expect((await person.send('GET', '/api/session')).body).toMatchObject({
      name: 'dominique@exemple.fr',
      role: 'chef-de-projet',
    });
    const without = await start();
    expect((await come(without.team, 'sub-1')).ended.body['code']).toBe('COMPTE_SANS_ROLE');
  });

  it('only ends a login that began in the same browser, once, and not after ten minutes', async () => {
    const { team } = await start(ROLES);
    const { back, person } = await come(team, 'sub-1');
    expect((await person.send('GET', back)).body['code']).toBe('FOURNISSEUR_EN_ECHEC');
    const begun = await new Person(team.origin).send('GET', '/api/session/oidc');
    const stolen = await throughProvider(begun.headers.get('location') ?? '');
    const thief = await new Person(team.origin).send('GET', new URL(stolen).pathname + new URL(stolen).search);
    expect(thief).toMatchObject({ status: 502, body: { code: 'FOURNISSEUR_EN_ECHEC' } });
    const slow = new Person(team.origin);
    const late = await slow.send('GET', '/api/session/oidc');
    const returned = new URL(await throughProvider(late.headers.get('location') ?? ''));
    team.pass(11 * 60_000);
    expect((await slow.send('GET', `${returned.pathname}${returned.search}`)).status).toBe(502);
    const denied = await slow.send('GET', '/api/session/oidc/return?error=access_denied&state=x');
    expect(denied.status).toBe(502);
  });

  it('that does not answer is told, and asked again by the next login', async () => {
    const { team, issuer, leave } = await start(ROLES);
    await leave();
    const refused = await team.stranger.send('GET', '/api/session/oidc');
    expect(refused).toMatchObject({ status: 502, body: { code: 'FOURNISSEUR_EN_ECHEC' } });
    close.push(await startProvider(issuer, `${team.origin}/api/session/oidc/return`));
    expect((await team.stranger.send('GET', '/api/session/oidc')).status).toBe(302);
  });
});
