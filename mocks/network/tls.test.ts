import { Agent, type RequestOptions } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import type { Credential } from '../pki/types.ts';
import { createTestContext } from '../testing.ts';
import { currentExchange } from './index.ts';
import { closeListeners, onlyHttp, start } from './listener.fixture.ts';

afterEach(closeListeners);

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
      /expiré depuis le \d{4}-\d{2}-\d{2} \(« INSI-AUTO », valable jusqu'au \d{1,2} \p{L}+ \d{4} à \d{2}:\d{2} UTC ; .*OU=10B0152872.*n° de série [0-9A-F]+\)\. À faire : remplacez-le .*renouvellement/u,
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
    expect((await journal.waitFor({}, 5_000)).outcome).toMatch(
      /version de TLS .* ; versions acceptées : TLS 1\.2 et TLS 1\.3\. À faire : réglez/,
    );
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
      outcome: expect.stringMatching(
        /aucune suite cryptographique commune en TLSv1\.2 ; suites acceptées : (?:ECDHE-RSA-[A-Z0-9-]+(?:, )?)+\. À faire : ajoutez/,
      ) as string,
      alert: { name: 'handshake_failure', from: 'bench' },
      peer: { tls: { protocol: 'TLSv1.2', sni: 'services-ps.ameli.fr' } },
    });
    const tooNew = await failed({ minVersion: 'TLSv1.3' });
    expect(tooNew).toMatchObject({ alert: { name: 'protocol_version', from: 'bench' } });
    expect(tooNew.outcome).toContain('versions acceptées : TLS 1.2. À faire : ');
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
