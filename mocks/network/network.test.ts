import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { createJournal } from '../journal/index.ts';
import type { Credential } from '../pki/types.ts';
import { BadSituation } from '../situations/index.ts';
import { createTestContext } from '../testing.ts';
import type { ServiceContext } from '../types.ts';
import { currentExchange, fault, listenHttps, pause, type HttpServiceDefinition, type Listener } from './index.ts';

const open: Listener[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

async function start(
  definition: Partial<HttpServiceDefinition> & Pick<HttpServiceDefinition, 'handlers'>,
  overrides: Partial<ServiceContext> = {},
) {
  const context = await createTestContext(overrides);
  const listener = await listenHttps(
    { service: 'insi', listener: 'insi', clientCertificate: 'none', ...definition },
    context,
  );
  open.push(listener);
  const [pki, journal] = [context.pki, context.journal];
  const call = (path: string, options: RequestOptions & { body?: Uint8Array | string; as?: Credential } = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
      const { body, as, ...others } = options;
      const request = httpsRequest(
        `${listener.origin}${path}`,
        {
          ca: pki.caPem,
          agent: false,
          method: body === undefined ? 'GET' : 'POST',
          ...(as === undefined ? {} : { cert: as.certificatePem, key: as.keyPem }),
          ...others,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return { context, listener, journal, pki, call };
}

function onlyHttp(exchanges: readonly { protocol: string }[]): HttpExchange {
  const [first] = exchanges as readonly HttpExchange[];
  if (first === undefined || first.protocol !== 'http') throw new Error('an HTTP exchange was expected');
  return first;
}

describe('exchanges', () => {
  it('are journaled raw, with the name, attribution and outcome that the handler gave', async () => {
    const { call, journal } = await start({
      handlers: [
        http.post('/lps', async ({ request }) => {
          const exchange = currentExchange();
          exchange.identify('recherche');
          exchange.attribute({ ins: '279035121518989' });
          exchange.attribute({ patient: 'nominal-01' });
          exchange.outcome('répondu 00');
          const length = (await request.arrayBuffer()).byteLength;
          return new HttpResponse(`<ok n="${length}"/>`, { headers: { 'Content-Type': 'application/soap+xml' } });
        }),
      ],
    });
    const body = Buffer.from([0, 1, 2, 255, 254, 13, 10]);
    const answer = await call('/lps?x=1', { body, headers: { 'X-Ordre': 'B', 'x-apres': 'é'.normalize('NFC') } });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe('<ok n="7"/>');
    const exchange = onlyHttp(journal.list());
    expect(exchange).toMatchObject({
      service: 'insi',
      operation: 'recherche',
      expected: true,
      outcome: 'répondu 00',
      attribution: { ins: '279035121518989', patient: 'nominal-01' },
    });
    expect(exchange.request.method).toBe('POST');
    expect(exchange.request.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/lps\?x=1$/);
    expect(Buffer.from(exchange.request.body)).toEqual(body);
    const names = exchange.request.headers.map(([name]) => name);
    expect(names.indexOf('X-Ordre')).toBeLessThan(names.indexOf('x-apres'));
    expect(exchange.response?.status).toBe(200);
    expect(Buffer.from(exchange.response?.body ?? []).toString()).toBe('<ok n="7"/>');
    expect(exchange.response?.headers).toContainEqual(['Content-Type', 'application/soap+xml']);
    expect(exchange.peer.tls?.protocol).toBe('TLSv1.3');
  });

  it('are in the journal before the client has the answer', async () => {
    const { call, journal } = await start({ handlers: [http.get('/x', () => new HttpResponse('ok'))] });
    const waiting = journal.waitFor({ service: 'insi' }, 5_000);
    await call('/x');
    expect(journal.list()).toHaveLength(1);
    expect((await waiting).outcome).toBe('répondu 200');
  });

  it('of an unknown address are answered 404 and unexpected', async () => {
    const { call, journal } = await start({ handlers: [http.get('/x', () => new HttpResponse('ok'))] });
    expect((await call('/inconnu', { body: 'a' })).status).toBe(404);
    expect((await call('/x', { body: 'a' })).status).toBe(404);
    expect(journal.list().map((one) => one.expected)).toEqual([false, false]);
    expect(journal.list()[0]?.outcome).toMatch(/opération inattendue/);
  });

  it('of an unknown operation say which one they resemble', async () => {
    const { call, journal } = await start({
      clientCertificate: 'none',
      handlers: [
        http.post('/lps', () => {
          currentExchange().outcome('refusé : action inconnue');
          return new HttpResponse(null, { status: 500 });
        }),
      ],
    });
    const action = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitIdentite';
    const headers = { 'Content-Type': `application/soap+xml; action="${action}"` };
    await call('/lp', { body: '<x/>', headers });
    await call('/lps', { body: '<x/>', headers });
    const [path, operation] = journal.list();
    expect(path?.outcome).toMatch(/^opération inattendue : .* ; opération attendue la plus proche : INSi « recherche/);
    expect(path?.nearMiss?.differences.map(({ what }) => what)).toEqual(['path', 'action']);
    expect(operation).toMatchObject({
      expected: false,
      outcome: expect.stringMatching(/^refusé : action inconnue ; opération attendue .* à une lettre près\)/) as string,
      nearMiss: { service: 'insi', operation: 'rechercherInsAvecTraitsIdentite', differences: [{ what: 'action' }] },
      timings: { receivedMs: expect.any(Number) as number, answeredMs: expect.any(Number) as number },
    });
  });

  it('whose handler throws say that the bench failed', async () => {
    const { call, journal } = await start({
      handlers: [
        http.get('/x', () => {
          throw new TypeError('oups');
        }),
      ],
    });
    expect((await call('/x')).status).toBe(500);
    expect(journal.list()[0]?.outcome).toMatch(/^erreur du banc, le produit n'est pas en cause : .*oups/);
  });

  it('that cannot be journaled are not answered as if they were', async () => {
    const journal = createJournal();
    const { call } = await start(
      { handlers: [http.get('/x', () => new HttpResponse('ok'))] },
      {
        journal: {
          ...journal,
          record: () => {
            throw new Error('plus de place sur le disque');
          },
        },
      },
    );
    const { status, body } = await call('/x');
    expect([status, body.toString()]).toEqual([500, expect.stringContaining('plus de place')]);
  });

  it('keep a large chunked body sent after 100-continue', async () => {
    const { call, journal } = await start({
      handlers: [
        http.post(
          '*/deposit',
          async ({ request }) => new HttpResponse(String((await request.arrayBuffer()).byteLength)),
        ),
      ],
    });
    const body = Buffer.alloc(3 * 1024 * 1024, 0xa5);
    const answer = await call('/deposit', {
      body,
      headers: { Expect: '100-continue', 'Transfer-Encoding': 'chunked' },
    });
    expect(answer.body.toString()).toBe(String(body.length));
    expect(Buffer.from(onlyHttp(journal.list()).request.body).equals(body)).toBe(true);
  });

  it('above the size limit are refused by 413', async () => {
    const { call, journal } = await start({
      maxBodyBytes: 1000,
      handlers: [http.post('/x', () => new HttpResponse('ok'))],
    });
    expect((await call('/x', { body: Buffer.alloc(1001) })).status).toBe(413);
    expect((await call('/x', { body: Buffer.alloc(1000) })).status).toBe(200);
    expect(journal.list()[0]?.outcome).toMatch(/plus de 1000 octets/);
  });

  it('never carry the cookie of one client to another', async () => {
    const { call, journal } = await start({
      handlers: [
        http.get('/login', () => new HttpResponse('ok', { headers: { 'Set-Cookie': 'session=secret; Path=/' } })),
        http.get('/who', ({ request, cookies }) =>
          HttpResponse.json({ header: request.headers.get('cookie'), cookies: Object.keys(cookies) }),
        ),
      ],
    });
    expect((await call('/login')).headers['set-cookie']).toEqual(['session=secret; Path=/']);
    expect(JSON.parse((await call('/who')).body.toString())).toEqual({ header: null, cookies: [] });
    expect(journal.list()).toHaveLength(2);
  });

  it('follow the path of the target, whatever host the client writes', async () => {
    const { call, journal } = await start({ handlers: [http.get('/x', () => new HttpResponse('ok'))] });
    expect((await call('/x', { headers: { Host: 'qualiflps.services-ps.ameli.fr' } })).status).toBe(200);
    expect(onlyHttp(journal.list()).request.url).toBe('https://qualiflps.services-ps.ameli.fr/x');
    expect((await call('//evil.example/x')).status).toBe(404);
  });

  it('are told apart when they cross', async () => {
    const { call, journal } = await start({
      handlers: [
        http.get('/n/:n', async ({ params }) => {
          const exchange = currentExchange();
          await pause(Number(params['n']) % 3);
          exchange.identify(`n-${String(params['n'])}`);
          return new HttpResponse(String(params['n']));
        }),
      ],
    });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => call(`/n/${n}`)));
    expect(answers.map((one) => one.body.toString())).toEqual(Array.from({ length: 12 }, (_, n) => String(n)));
    for (const exchange of journal.list() as readonly HttpExchange[]) {
      const n = Buffer.from(exchange.response?.body ?? []).toString();
      expect([exchange.operation, exchange.request.url.endsWith(`/n/${n}`)]).toEqual([`n-${n}`, true]);
    }
  });
});

describe('faults', () => {
  const handlers = [
    http.get('/reset', () => fault('reset')),
    http.get('/truncate', () => fault('truncate', new HttpResponse('0123456789'))),
    http.get('/error', () => HttpResponse.error()),
  ];

  it('reset the connection without an answer', async () => {
    const { call, journal } = await start({ handlers });
    await expect(call('/reset')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(call('/error')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(onlyHttp(journal.list()).response).toBeUndefined();
    expect(journal.list()[0]?.outcome).toMatch(/coupée volontairement/);
  });

  it('truncate the answer after announcing it whole', async () => {
    const { call, journal } = await start({ handlers });
    await expect(call('/truncate')).rejects.toThrow(/aborted/);
    const { response } = onlyHttp(journal.list());
    expect(response?.headers).toContainEqual(['Content-Length', '10']);
    expect(Buffer.from(response?.body ?? []).toString()).toBe('01234');
  });

  it('let a client that gives up be seen', async () => {
    const { journal, listener, pki } = await start({
      handlers: [
        http.get('/slow', async () => {
          await pause(60_000);
          return new HttpResponse('late');
        }),
      ],
    });
    const request = httpsRequest(`${listener.origin}/slow`, { ca: pki.caPem, agent: false });
    request.on('error', () => undefined);
    request.end();
    await once(request, 'finish');
    request.destroy();
    const exchange = await journal.waitFor({ service: 'insi' }, 5_000);
    expect(exchange.outcome).toMatch(/fermée par le client/);
    expect(onlyHttp([exchange]).response).toBeUndefined();
  });
});

describe('client certificates', () => {
  const handlers = [
    http.get('/who', () => {
      const tls = currentExchange().peer.tls;
      return HttpResponse.json({ authorized: tls?.authorized, refusal: tls?.refusal, subject: tls?.subject });
    }),
  ];

  it('of the test IGC-Santé are let in and read by the handler', async () => {
    const { call, pki, journal } = await start({ handlers, clientCertificate: 'required' });
    const credential = pki.clients['INSI-AUTO'];
    if (credential === undefined) throw new Error('INSI-AUTO is missing');
    const answer = JSON.parse((await call('/who', { as: credential })).body.toString()) as { subject: string[] };
    expect(answer).toMatchObject({ authorized: true });
    expect(answer.subject.at(-1)).toBe('CN=INSI-AUTO');
    expect(journal.list()[0]?.peer.tls?.certificate?.length).toBeGreaterThan(500);
  });

  it.each([
    [
      'EXPIRED',
      /expiré depuis le \d{4}-\d{2}-\d{2} \(.*OU=10B0152872.*n° de série [0-9A-F]+\)\. À faire : /,
      'expired',
    ],
    ['REVOKED', /révoqué \(.*n° de série [0-9A-F]+ ; valide jusqu'au \d{4}-\d{2}-\d{2}\)\. À faire : /, 'revoked'],
    ['OTHER-CA', /autorité inconnue du banc .*AC INCONNUE.*\. À faire : /, 'unknown-authority'],
    [
      'NOT-YET-VALID',
      /pas encore valide, il ne le sera que le \d{4}-\d{2}-\d{2} \(.*n° de série [0-9A-F]+\)\. À faire : /,
      'not-yet-valid',
    ],
    [
      'WRONG-PROFILE',
      /pas fait pour s'authentifier .*CN=INSI-AUTO, n° de série [0-9A-F]+ .*ORG_AUTH_CLI/,
      'wrong-profile',
    ],
    ['ORG_AUTH_SRV', /pas fait pour s'authentifier .*CN=localhost/, 'wrong-profile'],
  ])('%s are refused at the connection, and the journal names the reason', async (name, sentence, refusal) => {
    const { call, pki, journal } = await start({ handlers, clientCertificate: 'required' });
    const credential = pki.clients[name];
    if (credential === undefined) throw new Error(`${name} is missing`);
    await expect(call('/who', { as: credential })).rejects.toThrow();
    const exchange = await journal.waitFor({ service: 'insi' }, 5_000);
    expect(exchange.protocol).toBe('tls');
    expect(exchange.outcome).toMatch(sentence);
    expect(exchange.peer.tls).toMatchObject({
      refusal,
      protocol: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/) as string,
    });
    // Leaf first, then the authority that the client sent with it.
    expect(exchange.peer.tls?.chain?.[0]).toEqual(exchange.peer.tls?.subject);
    expect(exchange.peer.tls?.chain?.[1]?.join()).toMatch(/CN=(?:TEST AC IGC-SANTE|AC INCONNUE)/);
    expect(journal.list()).toHaveLength(1);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('are seen again when a %s session is resumed', async (version) => {
    const { call, pki, journal } = await start({
      handlers,
      clientCertificate: 'required',
      tls: () => ({ maxVersion: version }),
    });
    const credential = pki.clients['INSI-AUTO'];
    if (credential === undefined) throw new Error('INSI-AUTO is missing');
    const agent = new Agent({ keepAlive: false, maxCachedSessions: 10 });
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await call('/who', { as: credential, agent })).status).toBe(200);
    }
    const subjects = journal.list().map((exchange) => exchange.peer.tls?.subject?.at(-1));
    expect(subjects).toEqual(['CN=INSI-AUTO', 'CN=INSI-AUTO', 'CN=INSI-AUTO']);
    expect(journal.list().every((exchange) => exchange.peer.tls?.authorized)).toBe(true);
  });

  it('absent are refused by a TLS alert', async () => {
    const { call, journal } = await start({ handlers, clientCertificate: 'required' });
    await expect(call('/who')).rejects.toThrow(/certificate required|handshake failure/);
    const exchange = await journal.waitFor({ service: 'insi' }, 5_000);
    expect(exchange.outcome).toMatch(/^connexion TLS refusée : aucun certificat client présenté\. À faire : .+\.$/u);
    // The reason alone, without thread numbers and source files of OpenSSL.
    expect(exchange).toMatchObject({
      error: 'peer did not return a certificate',
      alert: { name: 'certificate_required', from: 'bench' },
      peer: { tls: { protocol: 'TLSv1.3', authorized: false, refusal: 'absent' } },
    });
  });

  it('optional are let in when absent, refused and named when bad', async () => {
    const { call, pki, journal } = await start({ handlers, clientCertificate: 'optional' });
    const read = async (as?: Credential) =>
      JSON.parse((await call('/who', as === undefined ? {} : { as })).body.toString()) as unknown;
    expect(await read()).toMatchObject({ authorized: false, refusal: 'absent' });
    expect(await read(pki.clients['INSI-MANU'])).toMatchObject({ authorized: true });
    const mark = journal.mark();
    await expect(read(pki.clients['REVOKED'])).rejects.toThrow();
    expect((await journal.waitFor({ since: mark }, 5_000)).outcome).toMatch(/certificat client révoqué/);
  });

  it('only requested are left to the judgement of the handler', async () => {
    const { call, pki } = await start({ handlers, clientCertificate: 'requested' });
    const read = async (as?: Credential) =>
      JSON.parse((await call('/who', as === undefined ? {} : { as })).body.toString()) as unknown;
    expect(await read()).toMatchObject({ authorized: false, refusal: 'absent' });
    expect(await read(pki.clients['EXPIRED'])).toMatchObject({ authorized: false, refusal: 'expired' });
    expect(await read(pki.clients['CPS-1-AUTH'])).toMatchObject({ authorized: true });
  });
});

describe('handshakes', () => {
  const handlers = [http.get('/x', () => new HttpResponse('ok'))];

  it('below TLS 1.2 are refused and journaled', async () => {
    const { call, journal } = await start({ handlers });
    await expect(
      call('/x', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    ).rejects.toThrow();
    expect((await journal.waitFor({}, 5_000)).outcome).toMatch(/version de TLS/);
  });

  it('are journaled with what was settled before they failed', async () => {
    const { call, journal } = await start({ handlers, tls: () => ({ maxVersion: 'TLSv1.2' }) });
    const failed = async (options: RequestOptions) => {
      const mark = journal.mark();
      await expect(call('/x', options)).rejects.toThrow();
      return journal.waitFor({ since: mark }, 5_000);
    };
    expect(
      await failed({ servername: 'services-ps.ameli.fr', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }),
    ).toMatchObject({
      protocol: 'tls',
      outcome: 'connexion TLS refusée : aucune suite cryptographique commune en TLSv1.2',
      alert: { name: 'handshake_failure', from: 'bench' },
      peer: { tls: { protocol: 'TLSv1.2', sni: 'services-ps.ameli.fr' } },
    });
    const tooNew = await failed({ minVersion: 'TLSv1.3' });
    expect(tooNew).toMatchObject({ alert: { name: 'protocol_version', from: 'bench' } });
    expect(tooNew.outcome).toMatch(/version de TLS/);
  });

  it('say that a client which leaves in silence most often distrusts the bench', async () => {
    const { call, journal } = await start({ handlers, clientCertificate: 'required' });
    await expect(call('/x', { ca: [], servername: 'services-ps.ameli.fr', host: '127.0.0.1' })).rejects.toThrow();
    const exchange = await journal.waitFor({}, 5_000);
    expect(exchange.outcome).toMatch(/fermée par le client .*« services-ps\.ameli\.fr ».*pki\.ca/);
    expect(exchange.peer.tls?.sni).toBe('services-ps.ameli.fr');
  });

  it('show another certificate or version when the mock says so', async () => {
    const context = await createTestContext();
    const expired = context.pki.faultyServers['EXPIRED'];
    if (expired === undefined) throw new Error('SERVER-EXPIRED is missing');
    let credential: Credential | undefined;
    const { call } = await start({
      handlers,
      tls: () => ({ maxVersion: 'TLSv1.2', ...(credential === undefined ? {} : { credential }) }),
    });
    expect((await call('/x')).status).toBe(200);
    await expect(call('/x', { minVersion: 'TLSv1.3' })).rejects.toThrow();
    credential = expired;
    await expect(call('/x')).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  });

  it('that are no TLS at all are journaled', async () => {
    const { listener, journal } = await start({ handlers });
    const socket = connectTcp(listener.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await journal.waitFor({}, 5_000)).outcome).toMatch(/HTTP en clair sur un port TLS/);
    socket.destroy();
  });

  it('followed by something that is no HTTP give a 400 and an unexpected exchange', async () => {
    const { listener, journal, pki } = await start({ handlers });
    const socket = connectTls({ port: listener.port, host: '127.0.0.1', ca: pki.caPem });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write('ceci nest pas du HTTP\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
    expect(onlyHttp(journal.list())).toMatchObject({ operation: 'http-illisible', expected: false });
    socket.destroy();
  });
});

describe('situations of the handshake', () => {
  const handlers = [http.get('/x', () => new HttpResponse('ok'))];
  const refused: readonly (readonly [string, RequestOptions, RegExp])[] = [
    ['tls-1.2-seul', { minVersion: 'TLSv1.3' }, /version/i],
    ['tls-1.3-seul', { maxVersion: 'TLSv1.2' }, /version/i],
    ['tls-1.1-seul', {}, /version/i],
    ['tls-1.0-seul', {}, /version/i],
    ['tls-suite-faible', { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384:TLS_AES_256_GCM_SHA384' }, /handshake failure/],
    ['certificat-expire', {}, /expired/],
    ['certificat-pas-encore-valide', {}, /not yet valid/],
    ['certificat-autre-ac', {}, /certificate/],
    ['certificat-autre-nom', {}, /altnames|127\.0\.0\.1/],
  ];

  it.each(refused)(
    '%s is refused by a client that wants better, then gone when played once',
    async (name, options, why) => {
      const { call, context } = await start({ handlers });
      context.situations.set({ service: 'insi', situation: name, times: 1 });
      await expect(call('/x', options)).rejects.toThrow(why);
      expect((await call('/x')).status).toBe(200);
    },
  );

  it('pick the suites by name, for one listener', async () => {
    const { call, context, journal } = await start({ handlers });
    const suites = { suites: 'ECDHE-RSA-AES128-GCM-SHA256' };
    context.situations.set({ service: 'insi', about: 'insi', situation: 'tls-suites', parameters: suites });
    expect((await call('/x')).status).toBe(200);
    expect(journal.list()[0]?.peer.tls).toMatchObject({ protocol: 'TLSv1.2', cipher: suites.suites });
    await expect(call('/x', { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' })).rejects.toThrow(/handshake failure/);
    expect(() => context.situations.set({ service: 'insi', situation: 'tls-suites' })).toThrow(/« suites »/);
    const unknown = { service: 'insi', situation: 'tls-suites', parameters: { suites: 'INCONNUE' } } as const;
    expect(() => context.situations.set(unknown)).toThrow(/inconnue d'OpenSSL, « INCONNUE »/);
  });

  it('are refused about a patient, whom nobody knows at the handshake', async () => {
    const { context } = await start({ handlers });
    for (const situation of ['certificat-expire', 'tls-1.2-seul', 'tls-suites']) {
      const asked = { service: 'insi', about: 'nominal-01', situation } as const;
      expect(() => context.situations.set(asked)).toThrow(BadSituation);
      expect(() => context.situations.set(asked)).toThrow(/poignée de main.*« nominal-01 ».*\(insi\)/u);
    }
    const second = await listenHttps(
      { service: 'insi', listener: 'autre', clientCertificate: 'none', handlers },
      context,
    );
    open.push(second);
    for (const about of ['insi', 'Autre']) {
      context.situations.set({ service: 'insi', about, situation: 'certificat-expire' });
    }
    expect(context.situations.list()).toHaveLength(2);
  });

  it.each(refused)(
    '%s: the refusal of the product is told as right or plain, without remedy',
    async (name, options) => {
      const { call, context, journal } = await start({ handlers });
      context.situations.set({ service: 'insi', situation: name, times: 1 });
      await expect(call('/x', options)).rejects.toThrow();
      const { outcome, protocol } = await journal.waitFor({}, 5_000);
      expect(protocol).toBe('tls');
      expect(outcome).toContain(`situation « ${name} » jouée`);
      expect(outcome).toMatch(/^tls-1\.[23]/.test(name) ? /n'a pas été établie/ : /a refusé .*, comme il le doit/);
      expect(outcome).not.toContain('À faire');
    },
  );

  it('say that the product took the certificate which it had to refuse', async () => {
    const { call, context, journal } = await start({ handlers });
    context.situations.set({ service: 'insi', situation: 'certificat-expire', times: 1 });
    expect((await call('/x', { rejectUnauthorized: false })).status).toBe(200);
    expect((await call('/x')).status).toBe(200);
    const outcomes = journal.list().map(({ outcome }) => outcome);
    expect(outcomes).toHaveLength(2);
    expect(outcomes[0]).toMatch(/« certificat-expire » jouée : le produit a accepté le certificat du serveur/);
    expect(outcomes[1]).not.toContain('situation');
  });

  it('give way to nothing but the settings of the listener, which come after', async () => {
    const { call } = await start(
      { handlers },
      { tls: (name) => (name === 'insi' ? { maxVersion: 'TLSv1.2' } : undefined) },
    );
    await expect(call('/x', { minVersion: 'TLSv1.3' })).rejects.toThrow(/version/i);
    expect((await call('/x')).status).toBe(200);
  });
});

describe('situations on the wire', () => {
  const handlers = [
    http.get('/p/:patient', ({ params }) => {
      const exchange = currentExchange();
      exchange.identify('lecture');
      exchange.attribute({ patient: String(params['patient']), professional: '899700000001' });
      return HttpResponse.json({ ok: true });
    }),
  ];

  it('are played for one patient, once, and leave the others alone', async () => {
    const { call, context, journal } = await start({ handlers });
    context.situations.set({ service: 'insi', about: 'un', situation: 'http-503-html', times: 1 });
    expect((await call('/p/deux')).status).toBe(200);
    const down = await call('/p/un');
    expect([down.status, down.headers['content-type'], down.headers['retry-after']]).toEqual([
      503,
      'text/html; charset=utf-8',
      '5',
    ]);
    expect(down.body.toString()).toContain('<h1>');
    expect((await call('/p/un')).status).toBe(200);
    const [, played] = journal.list() as readonly HttpExchange[];
    expect(played?.outcome).toContain('situation http-503-html');
    expect(played?.response?.status).toBe(503);
  });

  it('are played for a professional, until they are taken away', async () => {
    const { call, context } = await start({ handlers });
    context.situations.set({ service: 'insi', about: '899700000001', situation: 'coupure' });
    for (const patient of ['un', 'deux']) {
      await expect(call(`/p/${patient}`)).rejects.toMatchObject({ code: 'ECONNRESET' });
    }
    expect(context.situations.remove({ service: 'insi', about: '899700000001' })).toBe(1);
    expect((await call('/p/un')).status).toBe(200);
  });

  it('truncate, mislabel and delay', async () => {
    const { call, context, journal } = await start({ handlers });
    const set = (situation: string, parameters = {}) =>
      context.situations.set({ service: 'insi', about: 'un', situation, times: 1, parameters });
    set('tronque');
    await expect(call('/p/un')).rejects.toThrow(/aborted/);
    set('type-contenu-faux');
    const mislabelled = await call('/p/un');
    expect([mislabelled.headers['content-type'], mislabelled.body.toString()]).toEqual([
      'text/plain; charset=utf-8',
      '{"ok":true}',
    ]);
    set('latence', { delayMs: 30 });
    await call('/p/un');
    const [, , late] = journal.list();
    expect(late?.outcome).toContain('retardée de 30 ms');
    expect(late?.durationMs).toBeGreaterThanOrEqual(29);
  });

  it('that the mock announced are its own', async () => {
    const context = await createTestContext();
    context.situations.announce('insi', ['coupure']);
    const { call } = await start({ handlers }, { situations: context.situations });
    context.situations.set({ service: 'insi', situation: 'coupure' });
    expect((await call('/p/un')).status).toBe(200);
    expect(context.situations.take('insi', 'un', ['coupure'])).toBeDefined();
  });
});

describe('ports', () => {
  it('in use are named with a remedy', async () => {
    const { listener } = await start({ handlers: [] });
    const context = await createTestContext({ port: () => listener.port });
    const second = listenHttps({ service: 'dmp', listener: 'dmp', clientCertificate: 'none', handlers: [] }, context);
    await expect(second).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringMatching(new RegExp(`${listener.port}.*dmp`)) as string,
      remedy: expect.stringMatching(/Arrêter/) as string,
    });
  });

  it('are free again after close, even with connections open', async () => {
    const { listener, pki } = await start({ handlers: [] });
    const socket = connectTls({ port: listener.port, host: '127.0.0.1', ca: pki.caPem });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    const closed = once(socket, 'close');
    await listener.close();
    await closed;
    const again = await createTestContext({ port: () => listener.port });
    open.push(await listenHttps({ service: 'dmp', listener: 'dmp', clientCertificate: 'none', handlers: [] }, again));
  });
});

it('currentExchange outside a handler is an error of the bench', () => {
  expect(() => currentExchange()).toThrow(expect.objectContaining({ code: 'NO_EXCHANGE' }));
});
