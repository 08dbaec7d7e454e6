import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange, ShownTls } from '#formats/exchange/index.ts';
import type { Credential } from '../../pki/types.ts';
import { createTestContext } from '../../testing.ts';
import { startMssante } from '../index.ts';
import { PERSONALITIES } from './index.ts';

const context = await createTestContext();
const running = await startMssante(context, { personalities: true });
afterAll(() => running.close());

type Protocol = 'smtp' | 'imap';

const certificate = context.pki.clients['ORG_AUTH_CLI'] as Credential;
/** A client that speaks anything, so that what the listener offers is what is agreed. */
const TOLERANT: ConnectionOptions = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0', rejectUnauthorized: false };
const STRICT: ConnectionOptions = {};

let mark = context.journal.mark();
beforeEach(() => {
  context.situations.reset();
  mark = context.journal.mark();
});

function portOf(name: string, protocol: Protocol): number {
  const found = running.addresses.personalities?.find((one) => one.name === name);
  return (protocol === 'smtp' ? found?.smtpPort : found?.imapPort) ?? 0;
}

/** Reads until a line that ends a reply. */
async function answer(socket: Socket, ends: RegExp): Promise<string> {
  let text = '';
  while (!ends.test(text)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString('latin1');
  }
  return text;
}

/** STARTTLS on a port, with the certificate of the laboratory. */
async function secure(port: number, protocol: Protocol, options: ConnectionOptions): Promise<TLSSocket> {
  const raw = connectTcp(port, '127.0.0.1');
  raw.on('error', () => undefined);
  if (protocol === 'smtp') {
    await answer(raw, /^220 .*\r\n/m);
    raw.write('EHLO produit.test\r\n');
    await answer(raw, /^250 .*\r\n/m);
    raw.write('STARTTLS\r\n');
    await answer(raw, /^220 .*\r\n/m);
  } else {
    await answer(raw, /^\* OK .*\r\n/m);
    raw.write('a STARTTLS\r\n');
    await answer(raw, /^a OK .*\r\n/m);
  }
  raw.removeAllListeners('data');
  const socket = connectTls({
    socket: raw,
    ca: context.pki.caPem,
    servername: 'localhost',
    cert: certificate.certificatePem,
    key: certificate.keyPem,
    ...options,
  });
  socket.on('error', () => raw.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

/** One command inside TLS, then gone. */
async function goOn(socket: TLSSocket, protocol: Protocol): Promise<void> {
  socket.write(protocol === 'smtp' ? 'EHLO produit.test\r\n' : 'b CAPABILITY\r\n');
  await answer(socket, protocol === 'smtp' ? /^250 .*\r\n/m : /^b OK .*\r\n/m);
  socket.destroy();
}

const shownOf = (exchange: Exchange): ShownTls | undefined =>
  exchange.protocol === 'http' ? undefined : exchange.shown;

/** The first exchange that says what was shown, whichever comes before it. */
const told = (operation: string): Promise<Exchange> =>
  context.journal.waitFor({ since: mark, operation, service: 'mssante' }, 10_000);

describe.each(['smtp', 'imap'] as const)('%s', (protocol) => {
  it.each([
    ['conforme', {}],
    ['certificat-expire', { flaw: 'expired', certificate: 'SERVER-EXPIRED' }],
    ['certificat-pas-encore-valide', { flaw: 'not-yet-valid' }],
    ['certificat-revoque', { flaw: 'revoked' }],
    ['certificat-revoque-ocsp', { certificate: 'SERVER-REVOKED-OCSP' }],
    ['crl-injoignable', { certificate: 'SERVER-NO-REVOCATION' }],
    ['certificat-autre-ac', { flaw: 'unknown-authority' }],
    ['certificat-autre-nom', { flaw: 'wrong-name' }],
    ['tls-1.0-seul', { protocol: 'TLSv1' }],
    ['tls-1.1-seul', { protocol: 'TLSv1.1' }],
    ['tls-1.2-seul', { protocol: 'TLSv1.2' }],
    ['tls-1.3-seul', { protocol: 'TLSv1.3' }],
    ['tls-suite-c030', { protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-AES256-GCM-SHA384' }],
    ['tls-suite-c02f', { cipher: 'ECDHE-RSA-AES128-GCM-SHA256' }],
    ['tls-suite-c028', { cipher: 'ECDHE-RSA-AES256-SHA384' }],
    ['tls-suite-c027', { cipher: 'ECDHE-RSA-AES128-SHA256' }],
    ['tls-suite-009f', { cipher: 'DHE-RSA-AES256-GCM-SHA384', keyExchange: { type: 'DH', bits: 2048 } }],
    ['tls-suite-009e', { cipher: 'DHE-RSA-AES128-GCM-SHA256', keyExchange: { type: 'DH', bits: 2048 } }],
    ['tls-suite-faible', { cipher: 'AES128-SHA' }],
    ['dh-faible', { cipher: 'DHE-RSA-AES256-GCM-SHA384', keyExchange: { type: 'DH', bits: 1024 } }],
  ])('%s: a client that goes on is journaled with what it was shown', async (name, expected) => {
    const socket = await secure(portOf(name, protocol), protocol, TOLERANT);
    const key = socket.getEphemeralKeyInfo();
    await goOn(socket, protocol);
    const exchange = await told('session');
    const shown = shownOf(exchange);
    expect(shown).toMatchObject({ personality: name, ...expected });
    expect(shown?.commands).toEqual([protocol === 'smtp' ? 'EHLO' : 'CAPABILITY']);
    // What is said of the group is what the client saw.
    if (shown?.keyExchange !== undefined) expect(key).toMatchObject({ size: shown.keyExchange.bits });
    expect(shown?.flaw === undefined).toBe(!('flaw' in expected));
  });

  it('a client that stops in front of an expired certificate has no command, and its refusal is expected', async () => {
    await expect(secure(portOf('certificat-expire', protocol), protocol, STRICT)).rejects.toMatchObject({
      code: 'CERT_HAS_EXPIRED',
    });
    const exchange = await told('tls');
    expect(exchange).toMatchObject({ expected: true });
    expect(exchange.outcome).toMatch(/^refus attendu, situation « certificat-expire » jouée/);
    expect(shownOf(exchange)).toMatchObject({ personality: 'certificat-expire', flaw: 'expired', commands: [] });
  });

  it('a client that refuses a weak group says so by an alert, which the journal names', async () => {
    await expect(secure(portOf('dh-faible', protocol), protocol, STRICT)).rejects.toThrow(/dh key too small/);
    const exchange = await told('tls');
    expect(exchange).toMatchObject({ expected: true, alert: { name: 'handshake_failure', from: 'client' } });
    expect(exchange.outcome).toContain('« dh-faible »');
  });

  it('plays the same once on the main port, by situation, then the plain handshake again', async () => {
    const { port } = running.addresses[protocol];
    context.situations.set({ service: 'mssante', situation: 'dh-faible', about: protocol, times: 1 });
    await goOn(await secure(port, protocol, TOLERANT), protocol);
    expect(shownOf(await told('session'))).toMatchObject({
      situation: 'dh-faible',
      keyExchange: { type: 'DH', bits: 1024 },
    });
    mark = context.journal.mark();
    await goOn(await secure(port, protocol, STRICT), protocol);
    const shown = shownOf(await told('session'));
    expect(shown).toMatchObject({ certificate: 'SERVER', protocol: 'TLSv1.3' });
    expect(shown?.situation).toBeUndefined();
  });
});

it('each personality has ports of its own and a French title', () => {
  const { personalities = [] } = running.addresses;
  expect(personalities.map(({ name }) => name)).toEqual(PERSONALITIES.map(({ name }) => name));
  const ports = personalities.flatMap(({ smtpPort, imapPort }) => [smtpPort, imapPort]);
  expect(new Set(ports).size).toBe(2 * PERSONALITIES.length);
  expect(personalities.every(({ title }) => title.length > 5)).toBe(true);
});
