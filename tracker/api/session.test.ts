import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { GENEROUS, Person, startTeam, type TeamOptions, type TeamServer } from './team.fixture.ts';

const open: TeamServer[] = [];
const team = async (options: TeamOptions = {}): Promise<TeamServer> => {
  const started = await startTeam(options);
  open.push(started);
  return started;
};

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const HOUR = 3600_000;

describe('a session', () => {
  it('opens with a name and a password, says who is there, and closes', async () => {
    const { origin, stranger } = await team();
    expect((await stranger.send('GET', '/api/session')).body).toEqual({
      team: true,
      provider: false,
      local: false,
      name: null,
      role: null,
      permissions: [],
      csrf: null,
      via: null,
    });
    const person = new Person(origin);
    const opened = await person.logIn('qa');
    expect(opened.body).toMatchObject({
      name: 'qa',
      role: 'qa',
      via: 'session',
      local: true,
      csrf: expect.any(String),
    });
    const [cookie] = opened.headers.getSetCookie();
    expect(cookie).toMatch(/^jalon_session=[\w-]{43}; .*HttpOnly.*SameSite=Lax/);
    expect((await person.send('GET', '/api/session')).body).toEqual(opened.body);
    expect((await person.send('DELETE', '/api/session')).status).toBe(204);
    expect(person.cookie).toBe('');
    // The cookie of before opens nothing any more, wherever it was kept.
    const thief = new Person(origin);
    thief.cookie = cookie!.split(';')[0]!;
    expect((await thief.send('GET', '/api/runs')).status).toBe(401);
  });

  it('does not open for a wrong password, an unknown name, or a closed account, and says the same', async () => {
    const { origin, as } = await team();
    const admin = await as('administrateur');
    await admin.send('PATCH', '/api/accounts/testeur', { json: { disabled: true }, seen: 1 });
    for (const [name, password] of [
      ['qa', 'pas la bonne phrase'],
      ['QA', 'une phrase assez longue'],
      ['personne', 'une phrase assez longue'],
      ['testeur', 'une phrase assez longue'],
      ['', ''],
    ] as const) {
      expect(await new Person(origin).logIn(name, password)).toMatchObject({
        status: 401,
        body: { code: 'CONNEXION_REFUSEE' },
      });
    }
  });

  it('ends after twelve hours without a call, and after a week whatever happens', async () => {
    const { as, pass } = await team();
    const qa = await as('qa');
    pass(11 * HOUR);
    expect((await qa.send('GET', '/api/runs')).status).toBe(200);
    pass(11 * HOUR);
    expect((await qa.send('GET', '/api/runs')).status).toBe(200);
    pass(13 * HOUR);
    expect((await qa.send('GET', '/api/runs')).status).toBe(401);
    await qa.logIn('qa');
    for (let elapsed = 0; elapsed < 7 * 24; elapsed += 10) {
      expect((await qa.send('GET', '/api/runs')).status).toBe(200);
      pass(10 * HOUR);
    }
    expect((await qa.send('GET', '/api/runs')).status).toBe(401);
  });

  it('changes nothing at the request of another site, nor without its token', async () => {
    const { as } = await team();
    const qa = await as('qa');
    const path = '/api/campaigns/current/requirements/INS%2Fva1.02/remarks';
    const json = { kind: 'commentaire', text: 'Bonjour' };
    const from = async (headers: Readonly<Record<string, string>>): Promise<unknown> =>
      (await qa.send('POST', path, { json, headers })).body['code'];
    expect(await from({ origin: 'https://autre.example' })).toBe('ORIGINE_REFUSEE');
    expect(await from({ origin: 'null' })).toBe('ORIGINE_REFUSEE');
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe('ORIGINE_REFUSEE');
    expect(await from({ 'sec-fetch-site': 'same-site' })).toBe('ORIGINE_REFUSEE');
    expect(await from({ 'x-jalon-csrf': '' })).toBe('JETON_CSRF');
    expect(await from({ 'x-jalon-csrf': 'x'.repeat(43) })).toBe('JETON_CSRF');
    expect(await from({})).toBeUndefined();
    // A form of another site cannot send JSON, and what it can send is refused.
    const form = await qa.fetch('POST', path, { json, type: 'text/plain' });
    expect(form.status).toBe(415);
  });

  it('changes its password, which closes the others', async () => {
    const { origin, as } = await team();
    const qa = await as('qa');
    const elsewhere = await Person.loggedIn(origin, 'qa');
    const change = (present: string, wanted: string) =>
      qa.send('PUT', '/api/session/password', { json: { present, wanted } });
    expect((await change('faux', 'une autre phrase longue')).body['code']).toBe('PASSWORD_WRONG');
    expect((await change('une phrase assez longue', 'court')).body['code']).toBe('PASSWORD_SHORT');
    const changed = await change('une phrase assez longue', 'une autre phrase longue');
    expect(changed.status).toBe(200);
    qa.csrf = String(changed.body['csrf']);
    expect((await qa.send('GET', '/api/runs')).status).toBe(200);
    expect((await elsewhere.send('GET', '/api/runs')).status).toBe(401);
    expect((await new Person(origin).logIn('qa')).status).toBe(401);
    expect((await new Person(origin).logIn('qa', 'une autre phrase longue')).status).toBe(200);
  });

  it('loses at once what its role loses', async () => {
    const { as } = await team();
    const [admin, qa] = [await as('administrateur'), await as('qa')];
    expect((await qa.send('GET', '/api/audit')).status).toBe(200);
    await admin.send('PATCH', '/api/accounts/qa', { json: { role: 'lecteur' }, seen: 1 });
    expect((await qa.send('GET', '/api/audit')).body).toMatchObject({ code: 'DROIT_ABSENT' });
    await admin.send('PATCH', '/api/accounts/qa', { json: { disabled: true }, seen: 2 });
    expect((await qa.send('GET', '/api/runs')).status).toBe(401);
  });
});

describe('accounts', () => {
  it('are made, found and changed against the revision that was seen; the last administrator stays', async () => {
    const { as, origin } = await team();
    const admin = await as('administrateur');
    const made = await admin.send('POST', '/api/accounts', {
      json: { name: ' Camille ', role: 'testeur', password: 'une phrase assez longue' },
    });
    expect(made).toMatchObject({ status: 201, body: { name: 'Camille', role: 'testeur', local: true, revision: 1 } });
    expect(JSON.stringify(made.body)).not.toContain('argon2');
    expect((await Person.loggedIn(origin, 'Camille')).csrf).not.toBe('');
    const twin = { name: 'CAMILLE', role: 'qa', password: 'une phrase assez longue' };
    expect((await admin.send('POST', '/api/accounts', { json: twin })).body['code']).toBe('ACCOUNT_EXISTS');
    const odd = { name: '../x', role: 'qa', password: 'une phrase assez longue' };
    expect((await admin.send('POST', '/api/accounts', { json: odd })).body['code']).toBe('ACCOUNT_NAME_INVALID');
    const stale = await admin.send('PATCH', '/api/accounts/Camille', { json: { role: 'qa' }, seen: 7 });
    expect(stale.body['code']).toBe('CHANGED_MEANWHILE');
    const last = await admin.send('PATCH', '/api/accounts/administrateur', { json: { role: 'qa' }, seen: 1 });
    expect(last).toMatchObject({ status: 409, body: { code: 'LAST_ADMINISTRATOR' } });
    expect((await admin.send('GET', '/api/accounts/inconnu')).status).toBe(404);
    expect((await admin.send('GET', '/api/accounts')).body).toMatchObject({ total: 6 });
  });
});

describe('limits', () => {
  it('stop who guesses a password, whatever the address, and let them in again later', async () => {
    const limits = { ...GENEROUS, failures: { points: 3, duration: 1 } };
    const { origin } = await team({ limits });
    const guess = (password = 'au hasard') => new Person(origin).logIn('qa', password);
    for (let n = 0; n < 3; n += 1) expect((await guess()).status).toBe(401);
    const stopped = await guess('une phrase assez longue');
    expect(stopped).toMatchObject({ status: 429, body: { code: 'TROP_D_APPELS' } });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    await expect.poll(async () => (await guess('une phrase assez longue')).status, { timeout: 5_000 }).toBe(200);
  });

  it('stop who logs in, calls, or knocks too often', async () => {
    const few = { points: 3, duration: 60 };
    const logins = await team({ limits: { ...GENEROUS, logins: few } });
    for (let n = 0; n < 3; n += 1) await new Person(logins.origin).logIn('qa');
    expect((await new Person(logins.origin).logIn('qa')).status).toBe(429);
    const calls = await team({ limits: { ...GENEROUS, calls: few } });
    const qa = await calls.as('qa');
    for (let n = 0; n < 3; n += 1) expect((await qa.send('GET', '/api/runs')).status).toBe(200);
    expect((await qa.send('GET', '/api/runs')).status).toBe(429);
    const strangers = await team({ limits: { ...GENEROUS, strangers: few } });
    const token = { authorization: `Bearer jalon_${'x'.repeat(43)}` };
    for (let n = 0; n < 3; n += 1) {
      expect((await strangers.stranger.send('GET', '/api/runs', { headers: token })).status).toBe(401);
    }
    expect((await strangers.stranger.send('GET', '/api/runs', { headers: token })).status).toBe(429);
  });

  it('count by the address that the proxy writes, and only where there is one', async () => {
    const limits = { ...GENEROUS, logins: { points: 2, duration: 60 } };
    const from = async ({ origin }: TeamServer, address: string): Promise<number> => {
      const sent = { json: { name: 'x', password: 'y' }, headers: { 'x-forwarded-for': address } };
      return (await new Person(origin).send('POST', '/api/session', sent)).status;
    };
    const behind = await team({ limits, trustProxy: true });
    // What the caller wrote itself comes first: only the last address is the proxy's word.
    for (const address of ['203.0.113.1', '198.51.100.7, 203.0.113.1']) expect(await from(behind, address)).toBe(401);
    expect(await from(behind, '198.51.100.8, 203.0.113.1')).toBe(429);
    expect(await from(behind, '203.0.113.2')).toBe(401);
    const alone = await team({ limits });
    for (const address of ['203.0.113.1', '203.0.113.2']) expect(await from(alone, address)).toBe(401);
    expect(await from(alone, '203.0.113.3')).toBe(429);
  });

  it('bound what is sent, announced or not', async () => {
    const { as, origin } = await team();
    const qa = await as('qa');
    const path = '/api/campaigns/current/requirements/INS%2Fva1.02/remarks';
    const large = { kind: 'commentaire', text: 'x'.repeat(300 * 1024) };
    expect((await qa.send('POST', path, { json: large })).body['code']).toBe('CORPS_TROP_GRAND');
    const long = { kind: 'commentaire', text: 'x'.repeat(20_001) };
    expect((await qa.send('POST', path, { json: long })).body['code']).toBe('CORPS_REFUSE');
    const control = { kind: 'commentaire', text: 'a\u0000b' };
    expect((await qa.send('POST', path, { json: control })).body['code']).toBe('CORPS_REFUSE');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(new URL(path, origin), {
        method: 'POST',
        headers: {
          cookie: qa.cookie,
          'x-jalon-csrf': qa.csrf,
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
        },
      });
      call.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      // The server may close while there is still something to send.
      call.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? undefined : reject(error)));
      for (let n = 0; n < 40; n += 1) call.write('x'.repeat(16 * 1024));
      call.end();
    });
    expect(status).toBe(413);
  });
});

describe('problems', () => {
  it('are told in the language of the caller', async () => {
    const { stranger } = await team();
    const told = async (language: string) =>
      (await stranger.send('GET', '/api/runs', { headers: { 'accept-language': language } })).body['detail'];
    expect(await told('fr')).toBe('Ce suivi demande de se connecter.');
    expect(await told('en-GB,en;q=0.9,fr;q=0.5')).toBe('This tracker asks you to log in.');
    expect(await told('de')).toBe('Ce suivi demande de se connecter.');
    expect(await told('en;q=0')).toBe('Ce suivi demande de se connecter.');
    const answer = await stranger.fetch('GET', '/api/runs');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('headers', () => {
  it('refuse other hosts, and keep pages closed', async () => {
    const { origin, stranger } = await team();
    const page = await stranger.fetch('GET', '/');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const { hostname, port } = new URL(origin);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: hostname, port, path: '/api/session', headers: { host: 'attaquant.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
