import http from 'node:http';
import https from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestContext } from '../testing.ts';
import { CardholderLost, CookieJar, startPsc, type FinalPage, type PscOptions, type RunningPsc } from './index.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let psc: RunningPsc;
let product: { readonly callback: string; close(): Promise<void> };
let clock: Date;
let configuration: client.Configuration;

beforeEach(async () => {
  clock = new Date();
  context = await createTestContext({ now: () => clock });
  setDefaultCACertificates([...getCACertificates('default'), context.pki.caPem]);
  product = await startProduct();
});
afterEach(async () => {
  await psc.close();
  await product.close();
  await context.close();
});

async function start(options: PscOptions = {}): Promise<void> {
  psc = await startPsc(context, options);
  const { discovery, clientId, clientSecret } = psc.addresses;
  configuration = await client.discovery(
    new URL(discovery),
    clientId,
    undefined,
    client.ClientSecretBasic(clientSecret),
  );
}

/** The callback of the product: answers what it received. */
async function startProduct() {
  const server = http.createServer((request, response) => response.end(`retour ${request.url ?? ''}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    callback: `http://127.0.0.1:${port}/retour`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const professional = () => {
  const [, second] = context.population.professionals;
  if (second === undefined) throw new Error('population too small');
  return second;
};

const verifier = client.randomPKCECodeVerifier();

async function authorizationUrl(changes: Readonly<Record<string, string | undefined>> = {}): Promise<URL> {
  const parameters: Record<string, string | undefined> = {
    redirect_uri: product.callback,
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    state: 'etat-1',
    nonce: 'nonce-1',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...changes,
  };
  const kept = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return client.buildAuthorizationUrl(configuration, Object.fromEntries(kept));
}

const login = async (url: URL): Promise<FinalPage> => psc.cardholder.authenticate(url.href, professional().nationalId);

const checks = { pkceCodeVerifier: verifier, expectedState: 'etat-1', expectedNonce: 'nonce-1' };

async function tokenRequest(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${psc.addresses.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      client_id: psc.addresses.clientId,
      client_secret: psc.addresses.clientSecret,
      ...form,
    }),
  });
}

async function freshCode(): Promise<string> {
  const page = await login(await authorizationUrl());
  return new URL(page.url).searchParams.get('code') ?? '';
}

const exchangeForm = (code: string) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: product.callback,
  code_verifier: verifier,
});

/** Why the strict client refuses the tokens; empty when it takes them. */
async function refusalOf(page: FinalPage): Promise<string> {
  try {
    await client.authorizationCodeGrant(configuration, new URL(page.url), checks);
    return '';
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return `${error.message} ${error.cause instanceof Error ? error.cause.message : JSON.stringify(error.cause)}`;
  }
}

const lastOutcome = (operation: string): string | undefined =>
  context.journal.list({ service: 'psc', operation }).at(-1)?.outcome;

describe('discovery', () => {
  it('is served at the path of the real service and at the standard one', async () => {
    await start();
    const standard = await fetch(`${psc.addresses.issuer}/.well-known/openid-configuration`);
    const wallet = await fetch(psc.addresses.discovery);
    expect(await standard.json()).toEqual(await wallet.json());
    expect(psc.addresses.discovery).toContain('/.well-known/wallet-openid-configuration');
  });

  it('puts the authorization endpoint on another origin than the issuer', async () => {
    await start();
    const { authorization_endpoint: endpoint, issuer } = configuration.serverMetadata();
    expect(new URL(endpoint ?? '').origin).not.toBe(new URL(issuer).origin);
  });

  it('names the host the product called, for a product redirected by its hosts file', async () => {
    await start();
    const host = 'auth.bas.psc.esante.gouv.fr';
    const answer = await rawGet(psc.addresses.discovery, host, context.pki.caPem);
    const document: unknown = JSON.parse(answer);
    expect(document).toMatchObject({
      issuer: `https://${host}/auth/realms/esante-wallet`,
      authorization_endpoint: 'https://wallet.bas.psc.esante.gouv.fr/auth',
    });
  });
});

describe('code flow', () => {
  it('passes a strict client from login to userinfo, refresh, introspection and logout', async () => {
    await start();
    const page = await login(await authorizationUrl());
    expect(page.status).toBe(200);
    expect(new URL(page.url).searchParams.get('session_state')).toBeTruthy();

    const tokens = await client.authorizationCodeGrant(configuration, new URL(page.url), checks);
    expect(tokens.expires_in).toBe(120);
    expect(tokens.scope).toBe('openid profile scope_all identity');
    const access = decodeJwt(tokens.access_token);
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(access).toMatchObject({
      typ: 'Bearer',
      acr: 'eidas3',
      azp: psc.addresses.clientId,
      authMode: 'CARD',
      preferred_username: professional().nationalId,
      otherIds: [{ identifiant: professional().nationalId, origine: 'RPPS', qualite: 1 }],
    });
    expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(120);

    const subject = tokens.claims()?.sub ?? '';
    const info = await client.fetchUserInfo(configuration, tokens.access_token, subject);
    expect(info).toMatchObject({
      SubjectNameID: professional().nationalId,
      SubjectOrganizationID: professional().structure.id,
      SubjectRefPro: { exercices: [{ codeProfession: professional().profession }] },
    });

    const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    expect(await client.tokenIntrospection(configuration, refreshed.access_token)).toMatchObject({
      active: true,
      SubjectNameID: professional().nationalId,
      client_id: psc.addresses.clientId,
    });

    const logout = client.buildEndSessionUrl(configuration, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: product.callback,
      state: 'fin',
    });
    const end = await psc.cardholder.authenticate(logout.href, professional().nationalId);
    expect(end.url).toBe(`${product.callback}?state=fin`);
    await expect(client.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: 'Session not active',
    });
    expect(await client.tokenIntrospection(configuration, refreshed.access_token)).toEqual({ active: false });
  });

  it('journals every step, attributed to the professional', async () => {
    await start();
    const page = await login(await authorizationUrl());
    const tokens = await client.authorizationCodeGrant(configuration, new URL(page.url), checks);
    await client.fetchUserInfo(configuration, tokens.access_token, client.skipSubjectCheck);
    const mine = context.journal.list({ service: 'psc', about: professional().nationalId });
    expect(mine.map((exchange) => exchange.operation)).toEqual(['login', 'token', 'userinfo']);
    expect(context.journal.list({ operation: 'authorization' })[0]).toMatchObject({
      expected: true,
      outcome: "page d'identification présentée",
    });
  });

  it('goes straight back when the browser still holds a session, unless prompt=login', async () => {
    await start();
    const jar = new CookieJar();
    const { nationalId } = professional();
    await psc.cardholder.authenticate((await authorizationUrl()).href, nationalId, { jar });
    const again = await psc.cardholder.authenticate((await authorizationUrl()).href, nationalId, { jar });
    expect(again.journey).toHaveLength(2);
    const forced = await authorizationUrl({ prompt: 'login' });
    const asked = await psc.cardholder.authenticate(forced.href, nationalId, { jar });
    expect(asked.journey).toHaveLength(3);
  });

  it('calls the product back with access_denied when the person refuses', async () => {
    await start();
    const url = (await authorizationUrl()).href;
    const page = await psc.cardholder.authenticate(url, professional().nationalId, { refuse: true });
    expect(page.url).toBe(`${product.callback}?error=access_denied&state=etat-1`);
  });

  it.each([
    ['a page that does not answer', 'http://127.0.0.1:1/connexion', /127\.0\.0\.1:1\/connexion ne s'ouvre pas/],
    ['what is no address', 'connexion', /« connexion » n'est pas une adresse/],
    ['another scheme', 'file:///etc/hosts', /n'est pas une adresse http/],
  ])('is lost, not broken, on %s', async (_what, url, message) => {
    await start();
    const lost = psc.cardholder.authenticate(url, professional().nationalId);
    await expect(lost).rejects.toThrow(message);
    await expect(lost).rejects.toBeInstanceOf(CardholderLost);
  });

  it('shows an error page for a professional outside the population', async () => {
    await start();
    const page = await psc.cardholder.authenticate((await authorizationUrl()).href, '899999999999');
    expect(page.status).toBe(400);
    expect(page.body).toContain('Professionnel inconnu');
  });
});

describe('authorization endpoint refusals', () => {
  it.each([
    ['a redirect URI that leaves the machine', { redirect_uri: 'https://produit.example/retour' }, 'redirect_uri'],
    ['acr_values other than eidas1', { acr_values: 'eidas3' }, 'acr_values'],
    ['no acr_values', { acr_values: undefined }, 'acr_values'],
    ['an unreadable client id', { client_id: '<script>' }, 'Client introuvable'],
  ])('shows a page for %s', async (_, changes, sentence) => {
    await start();
    const page = await login(await authorizationUrl(changes));
    expect(page.status).toBe(400);
    expect(page.body).toContain(sentence);
    expect(lastOutcome('authorization')).toMatch(/^page d'erreur/u);
  });

  it.each([
    ['response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['scope without scope_all', { scope: 'openid' }, 'invalid_scope'],
    ['scope without openid', { scope: 'scope_all' }, 'invalid_scope'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['prompt=none without a session', { prompt: 'none' }, 'login_required'],
  ])('calls back with an error for %s', async (_, changes, error) => {
    await start();
    const page = await login(await authorizationUrl(changes));
    expect(new URL(page.url).searchParams.get('error')).toBe(error);
    expect(new URL(page.url).searchParams.get('state')).toBe('etat-1');
  });

  it('takes a missing acr_values in the lenient profile', async () => {
    context = await createTestContext({ profile: 'lenient', now: () => clock });
    await start();
    const page = await login(await authorizationUrl({ acr_values: undefined }));
    expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
  });

  it('refuses what is not declared when clients are configured', async () => {
    await start({ clients: [{ id: 'seul', secret: 's', redirectUris: ['https://produit.example/retour'] }] });
    const local = await login(await authorizationUrl());
    expect(local.body).toContain('redirect_uri');
    const stranger = await login(await authorizationUrl({ client_id: 'autre' }));
    expect(stranger.body).toContain('Client introuvable');
  });
});

describe('token endpoint refusals', () => {
  it('refuses a replayed code and ends its session', async () => {
    await start();
    const code = await freshCode();
    const first: unknown = await (await tokenRequest(exchangeForm(code))).json();
    expect(first).toMatchObject({ token_type: 'Bearer' });
    const replay = await tokenRequest(exchangeForm(code));
    expect(replay.status).toBe(400);
    expect(await replay.json()).toEqual({ error: 'invalid_grant', error_description: 'Code not valid' });
    const refreshToken =
      typeof first === 'object' && first !== null && 'refresh_token' in first ? String(first.refresh_token) : '';
    const refresh = await tokenRequest({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(await refresh.json()).toMatchObject({ error_description: 'Session not active' });
  });

  it('refuses a code after 60 seconds', async () => {
    await start();
    const code = await freshCode();
    clock = new Date(clock.getTime() + 61_000);
    const answer = await tokenRequest(exchangeForm(code));
    expect(await answer.json()).toEqual({ error: 'invalid_grant', error_description: 'Code not valid' });
    expect(lastOutcome('token')).toContain('périmé');
  });

  it.each([
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:1/autre' }, 'Incorrect redirect_uri'],
    ['a wrong verifier', { code_verifier: 'x'.repeat(43) }, 'PKCE verification failed'],
  ])('refuses %s', async (_, changes, description) => {
    await start();
    const answer = await tokenRequest({ ...exchangeForm(await freshCode()), ...changes });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'invalid_grant', error_description: description });
  });

  it('refuses a missing verifier when a challenge was sent', async () => {
    await start();
    const { code_verifier: _verifier, ...form } = exchangeForm(await freshCode());
    expect(await (await tokenRequest(form)).json()).toMatchObject({
      error_description: 'PKCE code verifier not specified',
    });
  });

  it('refuses a wrong secret, an unknown grant and a missing grant', async () => {
    await start();
    const wrong = await tokenRequest({ ...exchangeForm('x'), client_secret: 'faux' });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: 'unauthorized_client' });
    expect(await (await tokenRequest({ grant_type: 'password' })).json()).toMatchObject({
      error: 'unsupported_grant_type',
    });
    expect(await (await tokenRequest({})).json()).toMatchObject({ error: 'invalid_request' });
  });

  it('accepts and reports the client of a second product, but not for the code of another', async () => {
    await start();
    const code = await freshCode();
    const answer = await tokenRequest({ ...exchangeForm(code), client_id: 'autre-produit', client_secret: 'z' });
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
    expect(lastOutcome('token')).toContain('inconnu du banc, accepté et signalé');
  });

  it('refuses browsers: no CORS header, preflight forbidden', async () => {
    await start();
    const answer = await tokenRequest(exchangeForm('x'), { Origin: 'https://produit.example' });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(lastOutcome('token')).toContain('Origin');
    const preflight = await fetch(`${psc.addresses.issuer}/protocol/openid-connect/token`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(403);
  });
});

describe('userinfo and logout refusals', () => {
  it('refuses an expired access token and a forged one', async () => {
    await start();
    const page = await login(await authorizationUrl());
    const tokens = await client.authorizationCodeGrant(configuration, new URL(page.url), checks);
    clock = new Date(clock.getTime() + 121_000);
    const endpoint = `${psc.addresses.issuer}/protocol/openid-connect/userinfo`;
    const expired = await fetch(endpoint, { headers: { Authorization: `Bearer ${tokens.access_token}` } });
    expect(expired.status).toBe(401);
    expect(expired.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(lastOutcome('userinfo')).toContain('expiré');
    const forged = await fetch(endpoint, { headers: { Authorization: 'Bearer a.b.c' } });
    expect(forged.status).toBe(401);
    expect(await psc.verifyToken(tokens.access_token)).toEqual({ refused: "jeton d'accès expiré" });
  });

  it('refuses a refresh token once its life is over', async () => {
    await start();
    const page = await login(await authorizationUrl());
    const tokens = await client.authorizationCodeGrant(configuration, new URL(page.url), checks);
    clock = new Date(clock.getTime() + 351_000);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect(await (await tokenRequest(form)).json()).toMatchObject({ error_description: 'Token is not active' });
  });

  it('needs a hint and a declared address to log out', async () => {
    await start();
    const endpoint = `${psc.addresses.issuer}/protocol/openid-connect/logout`;
    expect((await fetch(endpoint)).status).toBe(400);
    const page = await login(await authorizationUrl());
    const tokens = await client.authorizationCodeGrant(configuration, new URL(page.url), checks);
    const away = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://produit.example/',
    });
    expect((await fetch(`${endpoint}?${away.toString()}`)).status).toBe(400);
    expect(await psc.verifyToken(tokens.access_token)).toEqual({ professional: professional().nationalId });
  });
});

describe('situations', () => {
  it.each([
    ['nonce-faux', /nonce/iu],
    ['iss-faux', /iss/iu],
    ['jeton-expire', /exp|timestamp/iu],
  ])('%s makes a strict client refuse the identity token', async (situation, reason) => {
    await start();
    context.situations.set({ service: 'psc', about: professional().nationalId, situation, times: 1 });
    const page = await login(await authorizationUrl());
    expect(await refusalOf(page)).toMatch(reason);
    expect(lastOutcome('token')).toContain(situation);
  });

  it('signature-fausse gives a signature the published key does not verify', async () => {
    await start();
    client.enableNonRepudiationChecks(configuration);
    context.situations.set({ service: 'psc', situation: 'signature-fausse', times: 1 });
    const page = await login(await authorizationUrl());
    expect(await refusalOf(page)).toMatch(/signature/iu);
    const plain = await login(await authorizationUrl());
    await client.authorizationCodeGrant(configuration, new URL(plain.url), checks);
  });

  it('refus-utilisateur refuses in the place of the person', async () => {
    await start();
    context.situations.set({ service: 'psc', situation: 'refus-utilisateur', times: 1 });
    const page = await login(await authorizationUrl());
    expect(new URL(page.url).searchParams.get('error')).toBe('access_denied');
  });

  it('http-503-html can be aimed at one step', async () => {
    await start();
    context.situations.set({ service: 'psc', situation: 'http-503-html-token', times: 1 });
    const code = await freshCode();
    const down = await tokenRequest(exchangeForm(code));
    expect(down.status).toBe(503);
    expect(down.headers.get('content-type')).toContain('text/html');
    expect((await tokenRequest(exchangeForm(code))).status).toBe(200);
  });

  it('latence is told in the outcome and does not hide what follows', async () => {
    await start();
    context.situations.set({ service: 'psc', situation: 'latence-token', times: 1, parameters: { delayMs: 1 } });
    await tokenRequest(exchangeForm(await freshCode()));
    expect(lastOutcome('token')).toBe('réponse retardée de 1 ms ; jetons délivrés');
  });
});

async function rawGet(url: string, host: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { ca, headers: { Host: host } }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        answer.on('end', () => resolve(body));
      })
      .on('error', reject);
  });
}
