import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange, SmtpExchange, StreamExchange } from '#formats/exchange/index.ts';
import { createJournal } from '../journal/index.ts';
import { announceTls } from '../network/tls-situations.ts';
import { createPopulation } from '../population/index.ts';
import { createSituations } from '../situations/index.ts';
import { startControl, type RunningControl } from './index.ts';

const running: RunningControl[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(secrets: readonly string[] = []) {
  const situations = createSituations();
  situations.announce('insi', ['code-02', 'latence']);
  const bench = { journal: createJournal(), situations, population: createPopulation(), resets: 0 };
  const control = await startControl({ ...bench, secrets, reset: () => void (bench.resets += 1) }, 0);
  running.push(control);
  const call = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${control.url}${path}`, init);
    return { status: answer.status, document: (await answer.json()) as Record<string, unknown> };
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { bench, control, call, post };
}

/** fetch does not let a Host be chosen. */
function rawCall(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

const base = {
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 1,
  peer: { address: '127.0.0.1', port: 1 },
  attribution: {},
  expected: true,
  outcome: '',
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('POST /situations', () => {
  it('sets a situation for a patient by key or by INS', async () => {
    const { bench, post } = await start();
    const [first, second] = bench.population.patients;
    expect(
      (await post('/situations', { service: 'insi', patient: first?.key, situation: 'code-02', times: 1 })).status,
    ).toBe(200);
    await post('/situations', {
      service: 'insi',
      patient: second?.ins,
      situation: 'latence',
      parameters: { delayMs: 5 },
    });
    expect(bench.situations.take('insi', first?.key)?.situation).toBe('code-02');
    expect(bench.situations.take('insi', first?.key)).toBeUndefined();
    expect(bench.situations.take('insi', second?.key)?.parameters).toEqual({ delayMs: 5 });
  });

  it('sets a situation for everybody or for any subject', async () => {
    const { bench, post } = await start();
    await post('/situations', { service: 'insi', situation: 'latence' });
    await post('/situations', { service: 'insi', about: 'x@banc.mssante.test', situation: 'code-02' });
    expect(bench.situations.take('insi', undefined)?.situation).toBe('latence');
    expect(bench.situations.take('insi', 'x@banc.mssante.test')?.situation).toBe('code-02');
  });

  it.each([
    ['{', 'NOT_JSON', /./],
    [{}, 'BAD_SITUATION', /« service » manque/],
    [{ service: 'insi' }, 'BAD_SITUATION', /« situation » manque/],
    [{ service: 'impots', situation: 'x' }, 'BAD_SITUATION', /insi, dmp/],
    [{ service: 'insi', situation: 'code-02', times: 0 }, 'BAD_SITUATION', /^\/times : 1 au moins$/],
    [{ service: 'insi', situation: 'code-02', times: '2' }, 'BAD_SITUATION', /type attendu entier$/],
    [{ service: 'insi', situation: 'code-02', extra: 1 }, 'BAD_SITUATION', /« extra » n'existe pas/],
    [
      { service: 'insi', situation: 'code-02', parameters: { a: {} } },
      'BAD_SITUATION',
      /\/parameters\/a : type attendu texte ou nombre/,
    ],
    [{ service: 'insi', situation: 'code-99' }, 'UNKNOWN_SITUATION', /./],
    [{ service: 'insi', situation: '' }, 'BAD_SITUATION', /ne doit pas être vide/],
    [{ service: 'insi', situation: 'x'.repeat(201) }, 'BAD_SITUATION', /200 caractères au plus/],
    [{ service: 'insi', situation: 'latence', parameters: { delay: 50 } }, 'BAD_SITUATION', /parameters/],
    [{ service: 'insi', situation: 'latence', parameters: { delayMs: -5 } }, 'BAD_SITUATION', /parameters/],
    [{ service: 'insi', situation: 'code-02', patient: 'personne' }, 'UNKNOWN_PATIENT', /clés connues : .*nominal-01/],
    [{ service: 'insi', situation: 'code-02', patient: 'a', about: 'b' }, 'BAD_SITUATION', /.*/],
    [[], 'BAD_SITUATION', /type attendu objet/],
  ])('refuses %j with 400 and says why', async (body, code, detail) => {
    const { bench, post } = await start();
    const { status, document } = await post('/situations', body);
    const error = document['error'] as { code: string; message: string; details: string[] };
    expect([status, error.code]).toEqual([400, code]);
    expect(error.message).not.toBe('');
    expect(error.details.join('\n')).toMatch(detail);
    expect(bench.situations.take('insi', undefined)).toBeUndefined();
  });
});

describe('a situation of the handshake', () => {
  it('is refused for a patient, who is never known there', async () => {
    const { bench, post } = await start();
    announceTls(bench.situations, 'insi', 'insi');
    const [patient] = bench.population.patients;
    const order = { service: 'insi', situation: 'certificat-expire' };
    for (const subject of [{ patient: patient?.ins }, { about: 'inconnu' }]) {
      const { status, document } = await post('/situations', { ...order, ...subject });
      expect(status).toBe(400);
      expect(document['error']).toMatchObject({
        code: 'BAD_SITUATION',
        message: expect.stringMatching(/se joue à la poignée de main TLS, .*écouteur .*\(insi\)/u) as string,
      });
    }
    expect((await post('/situations', order)).status).toBe(200);
    expect((await post('/situations', { ...order, about: 'insi' })).status).toBe(200);
  });
});

describe('GET and DELETE /situations', () => {
  const path = (query: Record<string, string>) => `/situations?${new URLSearchParams(query).toString()}`;

  it('show what is left to play and every name, and take away what lasts', async () => {
    const { bench, call, post } = await start();
    const [patient] = bench.population.patients;
    if (patient === undefined) throw new Error('there is no patient');
    await post('/situations', { service: 'insi', patient: patient.key, situation: 'latence' });
    await post('/situations', { service: 'insi', situation: 'code-02', times: 3 });
    bench.situations.take('insi', undefined);
    const { document } = await call('/situations');
    expect(document['situations']).toEqual([
      { service: 'insi', about: patient.key, situation: 'latence' },
      { service: 'insi', situation: 'code-02', times: 2 },
    ]);
    expect(document['known']).toMatchObject({ insi: ['code-02', 'latence'], dmp: [] });
    const remove = async (query: Record<string, string>) => (await call(path(query), { method: 'DELETE' })).document;
    expect(await remove({ service: 'insi', patient: patient.ins, situation: 'code-02' })).toEqual({ removed: 0 });
    expect(await remove({ service: 'insi', patient: patient.ins })).toEqual({ removed: 1 });
    expect(await remove({ about: '' })).toEqual({ removed: 1 });
    expect(bench.situations.list()).toEqual([]);
  });

  it.each([
    [{ service: 'impots' }, 'BAD_QUERY', /insi, dmp/],
    [{ autre: '1' }, 'BAD_QUERY', /service, patient, about, situation/],
    [{ patient: 'personne' }, 'UNKNOWN_PATIENT', /personne/],
    [{ patient: 'nominal-01', about: 'x' }, 'BAD_QUERY', /pas les deux/],
    [{ service: 'insi', situation: 'code-99' }, 'UNKNOWN_SITUATION', /code-99.*insi/],
  ])('refuse %j with 400 and say why', async (query, code, message) => {
    const { bench, call } = await start();
    bench.situations.set({ service: 'insi', situation: 'latence' });
    const { status, document } = await call(path(query), { method: 'DELETE' });
    const error = document['error'] as { code: string; message: string };
    expect([status, error.code]).toEqual([400, code]);
    expect(error.message).toMatch(message);
    expect(bench.situations.list()).toHaveLength(1);
  });

  it('refuse a page of another site', async () => {
    const { call } = await start();
    const headers = { origin: 'https://evil.example' };
    expect((await call('/situations', { method: 'DELETE', headers })).status).toBe(403);
  });
});

describe('GET /journal', () => {
  const http: HttpExchange = {
    ...base,
    id: 'h',
    protocol: 'http',
    service: 'psc',
    operation: 'token',
    request: {
      method: 'POST',
      url: 'https://127.0.0.1/token?code=abcd&state=visible',
      headers: [
        ['Authorization', 'Basic c2VjcmV0'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      body: bytes('grant_type=authorization_code&code=topsecret1&client_secret=topsecret2&redirect_uri=http%3A%2F%2Fx'),
    },
    response: {
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ['Set-Cookie', 'session=topsecret3'],
        ['Location', 'http://localhost/cb?code=topsecret4&state=s'],
      ],
      body: bytes('{"access_token":"topsecret5","refresh_token" : "topsecret\\"6","expires_in":120}'),
    },
  };
  const smtp: SmtpExchange = {
    ...base,
    id: 's',
    protocol: 'smtp',
    service: 'mssante',
    operation: 'submission',
    envelope: { from: 'a', to: ['b'] },
    source: bytes('Subject: é'),
    transcript: ['EHLO x', 'AUTH XOAUTH2 topsecret7'],
    reply: '250 ok',
  };
  const imap: StreamExchange = {
    ...base,
    id: 'i',
    protocol: 'imap',
    service: 'mssante',
    operation: 'LOGIN',
    received: bytes('a1 LOGIN labo topsecret8\r\na2 SELECT INBOX\r\n'),
    sent: bytes('a1 OK\r\n'),
  };

  it('gives exchanges with bodies in base64 and nothing that opens anything', async () => {
    const { bench, call } = await start();
    for (const exchange of [http, smtp, imap]) bench.journal.record(exchange);
    const { status, document } = await call('/journal');
    expect(status).toBe(200);
    const decoded: string[] = [JSON.stringify(document)];
    const exchanges = document['exchanges'] as Record<string, Record<string, string>>[];
    for (const one of exchanges) {
      for (const text of [one['request']?.['body'], one['response']?.['body'], one['received'], one['source']]) {
        if (typeof text === 'string') decoded.push(Buffer.from(text, 'base64').toString());
      }
    }
    expect(decoded.join('\n')).not.toMatch(/topsecret|c2VjcmV0|abcd/);
    expect(decoded[1]).toBe('grant_type=authorization_code&code=***&client_secret=***&redirect_uri=http%3A%2F%2Fx');
    expect(decoded[2]).toBe('{"access_token":"***","refresh_token" : "***","expires_in":120}');
    expect(JSON.stringify(document)).toContain('Basic ***');
    expect(JSON.stringify(document)).toContain('state=visible');
    expect(decoded.join('\n')).toContain('Subject: é');
    expect(decoded.join('\n')).toContain('a1 LOGIN labo ***\r\na2 SELECT INBOX');
    // The journal itself keeps the original bytes.
    expect(bench.journal.list()[0]).toBe(http);
  });

  it('filters by service and mark, a page at a time', async () => {
    const { bench, call } = await start();
    for (const exchange of [http, smtp, imap]) bench.journal.record(exchange);
    const ids = (document: Record<string, unknown>) => (document['exchanges'] as { id: string }[]).map(({ id }) => id);
    const first = await call('/journal?service=mssante&limit=1');
    expect([ids(first.document), first.document['mark'], first.document['more']]).toEqual([['s'], 's', true]);
    const second = await call('/journal?service=mssante&since=s');
    expect([ids(second.document), second.document['more']]).toEqual([['i'], false]);
    expect((await call('/journal?since=i')).document).toEqual({ exchanges: [], mark: 'i', more: false });
  });

  it('takes the last ones, and leaves bodies out, when asked', async () => {
    const { bench, call } = await start();
    for (const exchange of [http, smtp, imap]) bench.journal.record(exchange);
    const ids = (document: Record<string, unknown>) => (document['exchanges'] as { id: string }[]).map(({ id }) => id);
    const { document } = await call('/journal?last=2');
    expect([ids(document), document['mark'], document['more']]).toEqual([['s', 'i'], 'i', true]);
    expect(ids((await call('/journal?last=20&service=psc')).document)).toEqual(['h']);
    const bare = (await call('/journal?bodies=false')).document['exchanges'];
    expect(bare).toEqual([
      expect.objectContaining({
        id: 'h',
        request: expect.objectContaining({ method: 'POST', body: '' }) as object,
        response: expect.objectContaining({ status: 200, body: '' }) as object,
      }),
      expect.objectContaining({ id: 's', source: '', reply: '250 ok' }),
      expect.objectContaining({ id: 'i', received: '', sent: '' }),
    ]);
    expect(bench.journal.list()[0]).toBe(http);
  });

  it('hides tokens, keys and what the bench gave out, wherever they stand', async () => {
    const { bench, call } = await start(['cle-du-banc-1']);
    const jwt = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${'c2ln'.repeat(4)}`;
    const frame = (edge: string): string => `-----${edge} ${'private key'.toUpperCase()}-----`;
    const key = `${frame('BEGIN')}\n${'MIIE'.repeat(20)}\n${frame('END')}`;
    const texts = [
      `client_secret=topsecret1&a=1`,
      `{"passphrase":"topsecret2","code":"10"}`,
      `<w:Password Type="x">topsecret3</w:Password>`,
      `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\ntopsecret4\r\n--b--`,
      `journal du produit : ${jwt}`,
      key,
      `clé cle-du-banc-1 recopiée`,
    ];
    for (const [index, text] of texts.entries()) {
      bench.journal.record({
        ...http,
        id: `m${index}`,
        service: 'dmp',
        outcome: `refusé : ${jwt}`,
        // Announced as something else: what opens is hidden all the same.
        request: {
          ...http.request,
          url: `https://x/#access_token=${jwt}`,
          headers: [['X-Autre', jwt]],
          body: bytes(text),
        },
        response: { status: 200, headers: [], body: bytes(text.repeat(text === key ? 2 : 1)) },
      });
    }
    bench.journal.record({ ...smtp, source: bytes(`corps ${jwt}`), transcript: [`EHLO ${jwt}`] });
    const { document } = await call('/journal');
    const exchanges = document['exchanges'] as Record<string, Record<string, string>>[];
    const decoded = exchanges.flatMap((one) =>
      [one['request']?.['body'], one['response']?.['body'], one['source']].map((text) =>
        typeof text === 'string' ? Buffer.from(text, 'base64').toString() : '',
      ),
    );
    const shown = `${JSON.stringify(document)}\n${decoded.join('\n')}`;
    expect(shown).not.toMatch(/topsecret|eyJhb|PRIVATE KEY|MIIE|cle-du-banc/);
    // The code of a nomenclature is no secret.
    expect(decoded).toContain('{"passphrase":"***","code":"10"}');
    expect(decoded).toContain('clé *** recopiée');
  });

  it('shows near misses, and only what was unexpected when asked', async () => {
    const { bench, call } = await start();
    const nearMiss = { service: 'psc', operation: 'token', differences: [], sentence: 'proche' } as const;
    bench.journal.record(http);
    bench.journal.record({ ...http, id: 'x', expected: false, nearMiss });
    const { document } = await call('/journal?expected=false');
    expect(document['exchanges']).toEqual([expect.objectContaining({ id: 'x', nearMiss })]);
  });

  it('gives pages of a reasonable weight', async () => {
    const { bench, call } = await start();
    const body = new Uint8Array(12 * 1024 * 1024);
    for (const id of ['a', 'b', 'c']) bench.journal.record({ ...http, id, request: { ...http.request, body } });
    const { document } = await call('/journal');
    expect([(document['exchanges'] as unknown[]).length, document['mark'], document['more']]).toEqual([2, 'b', true]);
    const next = await call('/journal?since=b');
    expect([next.document['mark'], next.document['more']]).toEqual(['c', false]);
  });

  it.each([
    'service=impots',
    'last=0',
    'last=x',
    'last=1&limit=1',
    'bodies=non',
    'limit=0',
    'limit=x',
    'autre=1',
    'expected=oui',
    'about=a&about=b',
  ])('refuses ?%s', async (query) => {
    const { call } = await start();
    expect((await call(`/journal?${query}`)).status).toBe(400);
  });
});

describe('POST /reset', () => {
  it('resets, with or without a document', async () => {
    const { bench, call, post } = await start();
    expect((await post('/reset', '')).status).toBe(200);
    expect((await post('/reset', {})).status).toBe(200);
    // Nothing sent, so nothing to announce.
    expect((await call('/reset', { method: 'POST' })).status).toBe(200);
    expect(bench.resets).toBe(3);
    const headers = { origin: 'https://evil.example' };
    expect((await call('/reset', { method: 'POST', headers })).status).toBe(403);
    expect(bench.resets).toBe(3);
  });
});

describe('who may call', () => {
  it('is a local client: foreign Host and Origin are refused', async () => {
    const { control, post, bench } = await start();
    expect(await rawCall(`${control.url}/journal`, { host: 'evil.example' })).toBe(403);
    expect(await rawCall(`${control.url}/journal`, { host: '127.0.0.1.evil.example' })).toBe(403);
    expect(await rawCall(`${control.url}/journal`, { host: 'localhost:8080' })).toBe(200);
    expect(await rawCall(`${control.url}/journal`, { host: '[::1]' })).toBe(200);
    expect((await post('/reset', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/reset', {}, { origin: 'null' })).status).toBe(403);
    expect((await post('/reset', {}, { origin: 'http://localhost:5173' })).status).toBe(200);
    expect(bench.resets).toBe(1);
  });

  it('sends JSON, not a form that any page may post', async () => {
    const { post, bench } = await start();
    expect((await post('/reset', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect(bench.resets).toBe(0);
  });

  it('asks for what exists, in a body of a reasonable size', async () => {
    const { call, post } = await start();
    expect((await call('/autre')).status).toBe(404);
    expect((await call('/journal', { method: 'DELETE' })).status).toBe(405);
    expect((await post('/situations', `{"service":"${'x'.repeat(70_000)}"}`)).status).toBe(413);
  });
});
