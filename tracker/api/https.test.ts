import 'reflect-metadata';
import { request } from 'node:https';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '../access/index.ts';
import { fillTracker, type FilledTracker } from './campaign.fixture.ts';
import { serveTracker, type TrackerServer } from './index.ts';
import { emptyPages, freePort } from './team.fixture.ts';

let filled: FilledTracker;
let server: TrackerServer;
let origin = '';
let cert = '';

beforeAll(async () => {
  x509.cryptoProvider.set(webcrypto as Crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3600_000),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  cert = own.toString('pem');
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  filled = await fillTracker();
  await filled.tracker.addAccount(
    { name: 'Camille', role: 'qa', password: await hashPassword('une phrase assez longue') },
    { by: 'test', at: '2026-02-03T10:00:00.000Z' },
  );
  const port = await freePort();
  origin = `https://localhost:${port}`;
  server = await serveTracker({
    tracker: filled.tracker,
    dataDir: filled.dataDir,
    uiDir: emptyPages(),
    port,
    version: '0.1.0',
    team: { publicUrl: new URL(origin), listen: '127.0.0.1', tls: { cert, key } },
  });
});

afterAll(async () => {
  await server.close();
  await filled.tracker.close();
});

it('speaks HTTPS by itself: cookies stay on this host and on HTTPS, and browsers come back by HTTPS', async () => {
  const headers = await new Promise<Readonly<Record<string, string | readonly string[] | undefined>>>(
    (resolve, reject) => {
      const body = JSON.stringify({ name: 'Camille', password: 'une phrase assez longue' });
      const call = request(
        new URL('/api/session', origin),
        { method: 'POST', ca: cert, headers: { 'content-type': 'application/json', origin } },
        (response) => {
          response.resume();
          expect(response.statusCode).toBe(200);
          resolve(response.headers);
        },
      );
      call.on('error', reject);
      call.end(body);
    },
  );
  expect(headers['set-cookie']?.[0]).toMatch(
    /^__Host-jalon_session=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax/,
  );
  expect(headers['set-cookie']?.[0]).not.toMatch(/domain/i);
  expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
});
