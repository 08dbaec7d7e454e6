import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { createTestContext } from '../testing.ts';
import type { ServiceContext } from '../types.ts';
import { listenHttp } from './listen-http.ts';
import { closeListeners, start } from './listener.fixture.ts';
import type { Listener } from './types.ts';

const MB = 1024 * 1024;
let listener: Listener | undefined;
const opened: (Socket | ClientRequest)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) one.destroy();
  await listener?.close();
});

async function open(): Promise<ServiceContext['journal']> {
  const context = await createTestContext();
  listener = await listenHttp(
    { service: 'pki', listener: 'crl', handlers: [http.post('/x', () => new HttpResponse('ok'))] },
    context,
  );
  return context.journal;
}

function post(length: number, sent: Buffer): { readonly call: ClientRequest; readonly status: Promise<number> } {
  const call = request(`${listener?.origin}/x`, {
    method: 'POST',
    agent: false,
    headers: { 'Content-Length': length },
  });
  opened.push(call);
  const status = new Promise<number>((resolve) => {
    call.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  call.on('error', () => undefined);
  if (sent.length === length) call.end(sent);
  else call.write(sent);
  return { call, status };
}

const list = (journal: ServiceContext['journal']): readonly HttpExchange[] =>
  // What Node could not read, an end of connection among them, is journaled besides: it is not looked at here.
  journal.list().filter((one): one is HttpExchange => one.protocol === 'http' && one.operation !== 'http-illisible');

/** Sends all of it, and gives what was answered before the end of the connection. */
async function exchangeRaw(socket: Socket, sent: string): Promise<string> {
  opened.push(socket);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(socket, 'end');
  socket.write(sent);
  await ended;
  return Buffer.concat(chunks).toString('utf8');
}

const heavy = (size: number): string => `POST /x HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(size)}\r\n\r\n`;
const TOO_LONG =
  /^HTTP\/1\.1 431 [^]*\r\n\r\nEn-têtes HTTP trop grands : le banc en lit 65536 octets au plus\. À faire/;

describe('headers above the limit', () => {
  it.each([70_000, 2 * MB])(
    'of %d bytes get a 431 in French, the client hears it and the journal keeps it',
    async (size) => {
      const journal = await open();
      const answer = await exchangeRaw(connect(listener?.port ?? 0, '127.0.0.1'), heavy(size));
      expect(answer).toMatch(TOO_LONG);
      expect(journal.list()).toEqual([
        expect.objectContaining({
          operation: 'http-illisible',
          outcome: expect.stringMatching(/^refusé : En-têtes HTTP trop grands .* \(HPE_HEADER_OVERFLOW\)$/) as string,
          response: expect.objectContaining({ status: 431 }) as unknown,
        }),
      ]);
    },
  );

  it('get it over TLS too', async () => {
    const { listener: secured, journal, pki } = await start({ handlers: [] });
    try {
      const socket = connectTls({ port: secured.port, host: '127.0.0.1', ca: pki.caPem });
      await once(socket, 'secureConnect');
      expect(await exchangeRaw(socket, heavy(2 * MB))).toMatch(TOO_LONG);
      expect(journal.list()).toHaveLength(1);
    } finally {
      await closeListeners();
    }
  });

  it('are read to a bound, then the connection is cut', async () => {
    await open();
    // A client that goes on after the end that it was told.
    const socket = connect({ port: listener?.port ?? 0, host: '127.0.0.1', allowHalfOpen: true });
    opened.push(socket);
    socket.on('error', () => undefined);
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const block = Buffer.alloc(MB, 0x61);
    const more = (): void => {
      if (socket.writable) socket.write(block, more);
    };
    socket.write('POST /x HTTP/1.1\r\nX-Long: ', more);
    await closed;
    expect(socket.bytesWritten).toBeGreaterThan(8 * MB);
  });
});

describe('a listener', () => {
  it('keeps only the first bytes of a body that is too large, and says so', async () => {
    const journal = await open();
    expect(await post(5 * MB, Buffer.alloc(5 * MB, 0x61)).status).toBe(413);
    const [exchange] = list(journal);
    expect(exchange?.outcome).toBe(
      'refusé : corps de plus de 1048576 octets ; seuls ses 65536 premiers octets sont gardés',
    );
    expect(exchange?.request.body).toHaveLength(65_536);
  });

  it('keeps only the first bytes of a body cut off, and says so', async () => {
    const journal = await open();
    const { call } = post(MB, Buffer.alloc(MB - 1));
    call.write('', () => call.destroy());
    await expect.poll(() => list(journal)[0]?.outcome).toMatch(/^connexion interrompue par le client .* ; seuls ses/);
    expect(list(journal)[0]?.request.body.length).toBeLessThanOrEqual(65_536);
  });

  it('refuses what it cannot hold at once, says that the product is not to blame, and makes room again', async () => {
    const journal = await open();
    const stalled = Array.from({ length: 24 }, () => post(MB, Buffer.alloc(MB - 1)));
    expect(await Promise.race(stalled.map(({ status }) => status))).toBe(503);
    expect(list(journal)[0]?.outcome).toMatch(/^refusé par le banc, le produit n'est pas en cause : trop de requêtes/);
    expect(await post(1000, Buffer.alloc(1000)).status).toBe(200);
    for (const { call } of stalled) call.destroy();
    await expect.poll(() => list(journal)).toHaveLength(25);
    const large = await Promise.all(Array.from({ length: 8 }, () => post(MB, Buffer.alloc(MB)).status));
    expect(large).toEqual(Array.from({ length: 8 }, () => 200));
  });

  it('takes a bounded number of connections, and tells once that it refused more', async () => {
    const journal = await open();
    const sockets = Array.from({ length: 300 }, () => connect(listener?.port ?? 0, '127.0.0.1'));
    opened.push(...sockets);
    await Promise.race(
      sockets.map((socket) => (socket.resume(), socket.on('error', () => undefined), once(socket, 'close'))),
    );
    await expect
      .poll(() => list(journal).map(({ outcome }) => outcome))
      .toEqual([expect.stringMatching(/^connexion refusée par le banc, .* 256 connexions/)]);
  });
});
