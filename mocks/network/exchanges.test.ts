import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { createJournal } from '../journal/index.ts';
import { createTestContext } from '../testing.ts';
import { currentExchange, listenHttps, pause } from './index.ts';
import { closeListeners, keep, onlyHttp, start } from './listener.fixture.ts';

afterEach(closeListeners);

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
    keep(await listenHttps({ service: 'dmp', listener: 'dmp', clientCertificate: 'none', handlers: [] }, again));
  });
});

it('currentExchange outside a handler is an error of the bench', () => {
  expect(() => currentExchange()).toThrow(expect.objectContaining({ code: 'NO_EXCHANGE' }));
});
