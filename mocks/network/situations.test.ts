import { request as httpsRequest, type RequestOptions } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { BadSituation } from '../situations/index.ts';
import { createTestContext } from '../testing.ts';
import { currentExchange, fault, listenHttps, pause } from './index.ts';
import { closeListeners, keep, onlyHttp, start } from './listener.fixture.ts';

afterEach(closeListeners);

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

describe('situations of the handshake', () => {
  const handlers = [http.get('/x', () => new HttpResponse('ok'))];
  const refused: readonly (readonly [string, RequestOptions, RegExp])[] = [
    ['tls-1.2-seul', { minVersion: 'TLSv1.3' }, /version/i],
    ['tls-1.3-seul', { maxVersion: 'TLSv1.2' }, /version/i],
    ['tls-1.1-seul', {}, /version/i],
    ['tls-1.0-seul', {}, /version/i],
    ['tls-suite-faible', { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384:TLS_AES_256_GCM_SHA384' }, /handshake failure/],
    ['dh-faible', {}, /dh key too small/],
    ['tls-suite-009f', { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' }, /handshake failure/],
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
    keep(second);
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
      const { outcome, protocol, expected } = await journal.waitFor({}, 5_000);
      expect(protocol).toBe('tls');
      // What the situation asks of the product is no refusal to mend; a plain version that fails is none of it.
      expect(expected).toBe(!/^tls-(?:1\.[23]|suite-0)/.test(name));
      expect(outcome.startsWith('refus attendu, situation')).toBe(expected);
      expect(outcome).toContain(`situation « ${name} » jouée`);
      expect(outcome).toMatch(!expected ? /n'a pas été établie/ : /a refusé .*, comme il le doit/);
      expect(outcome).not.toContain('À faire');
    },
  );

  it('tell the refusal of a product that resets the connection right after the handshake', async () => {
    const { listener, pki, context, journal } = await start({ handlers });
    context.situations.set({ service: 'insi', situation: 'certificat-revoque', times: 1 });
    const raw = connectTcp(Number(new URL(listener.origin).port), '127.0.0.1');
    const socket = connectTls({ socket: raw, ca: pki.caPem, servername: 'localhost' });
    await once(socket, 'session');
    raw.resetAndDestroy();
    expect(await journal.waitFor({}, 5_000)).toMatchObject({ protocol: 'tls', expected: true });
  });

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
