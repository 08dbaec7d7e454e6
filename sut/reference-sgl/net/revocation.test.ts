import 'reflect-metadata';
import { KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BasicOCSPResponse,
  CertStatus,
  KeyHash,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
  id_pkix_ocsp_basic,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpsExchange, NetError } from './index.ts';
import { isRevokedByOcsp } from './ocsp.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const notBefore = new Date(Date.now() - 3_600_000);
const notAfter = new Date(Date.now() + 86_400_000);
const folder = mkdtempSync(join(tmpdir(), 'sgl-crl-'));
const ca = join(folder, 'ca.pem');

let keys: CryptoKeyPair;
let authority: x509.X509Certificate;
let published: Server;
const lists = new Map<string, ArrayBuffer>();
const servers: Server[] = [];

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    servers.push(server);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

beforeAll(async () => {
  keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const extensions = [new x509.BasicConstraintsExtension(true, undefined, true)];
  const common = { notBefore, notAfter, signingAlgorithm: ALGORITHM, extensions };
  authority = await x509.X509CertificateGenerator.createSelfSigned({ ...common, name: 'CN=TEST AUTORITE', keys });
  writeFileSync(ca, authority.toString('pem'));
  published = createHttpServer((request, response) => {
    const list = lists.get(request.url ?? '');
    response.writeHead(list === undefined ? 404 : 200).end(list && Buffer.from(list));
  });
  await listen(published);
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Calls a server whose certificate announces this list, or none; gives the requests that it got and what the caller was told. */
async function call(list?: string): Promise<readonly [requests: number, told: unknown]> {
  const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const { port } = published.address() as AddressInfo;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '0a01',
    subject: 'CN=127.0.0.1',
    issuer: authority.subject,
    publicKey: own.publicKey,
    signingKey: keys.privateKey,
    notBefore,
    notAfter,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
      ...(list === undefined ? [] : [new x509.CRLDistributionPointsExtension([`http://127.0.0.1:${port}${list}`])]),
    ],
  });
  let requests = 0;
  const key = KeyObject.from(own.privateKey).export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ cert: certificate.toString('pem'), key }, (_, response) => {
    requests += 1;
    response.end('ok');
  });
  const url = `https://127.0.0.1:${await listen(server)}/`;
  const told = await httpsExchange({ url, ca, server: { revocation: true }, timeoutMs: 5_000 }).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
  return [requests, told instanceof NetError ? told.failure : told];
}

async function publish(name: string, revoked: readonly string[], signingKey = keys.privateKey): Promise<string> {
  const crl = await x509.X509CrlGenerator.create({
    issuer: authority.subject,
    thisUpdate: notBefore,
    nextUpdate: notAfter,
    signingAlgorithm: ALGORITHM,
    signingKey,
    entries: revoked.map((serialNumber) => ({ serialNumber, revocationDate: notBefore })),
  });
  lists.set(name, crl.rawData);
  return name;
}

it('calls a server whose certificate is not in the list of its issuer, or announces none', async () => {
  expect(await call(await publish('/bonne.crl', ['0a02']))).toEqual([1, 200]);
  expect(await call()).toEqual([1, 200]);
});

it('sends nothing to a server whose certificate was taken back', async () => {
  expect(await call(await publish('/revoque.crl', ['0a01']))).toEqual([0, 'tls']);
});

it('sends nothing where the list cannot be had, or is that of somebody else', async () => {
  const others = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  expect(await call('/absente.crl')).toEqual([0, 'tls']);
  expect(await call(await publish('/autre.crl', [], others.privateKey))).toEqual([0, 'tls']);
});

/** A certificate of the authority that announces a responder, and what that responder answers about it. */
async function askAbout(
  status: CertStatus,
  { signingKey = keys.privateKey, http = 200 }: { readonly signingKey?: CryptoKey; readonly http?: number } = {},
): Promise<readonly [revoked: boolean, requests: number]> {
  let requests = 0;
  const responder = createHttpServer((request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => response.writeHead(http).end(answer(Buffer.concat(chunks), status, signingKey)));
  });
  const port = await listen(responder);
  const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: '0a07',
    subject: 'CN=OPERATEUR',
    issuer: authority.subject,
    publicKey: own.publicKey,
    signingKey: keys.privateKey,
    notBefore,
    notAfter,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.AuthorityInfoAccessExtension({ ocsp: [`http://127.0.0.1:${port}/ocsp`] })],
  });
  const first = await isRevokedByOcsp(leaf, authority, 5_000);
  await isRevokedByOcsp(leaf, authority, 5_000);
  return [first, requests];
}

function answer(request: Buffer, certStatus: CertStatus, signingKey: CryptoKey): Buffer {
  const [asked] = AsnConvert.parse(request, OCSPRequest).tbsRequest.requestList;
  if (asked === undefined) throw new Error('nothing asked');
  const data = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(new Uint8Array(20)) }),
    producedAt: notBefore,
    responses: [new SingleResponse({ certID: asked.reqCert, certStatus, thisUpdate: notBefore, nextUpdate: notAfter })],
  });
  const key = KeyObject.from(signingKey);
  const basic = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
    signature: new Uint8Array(sign('sha256', Buffer.from(AsnConvert.serialize(data)), key)).buffer,
  });
  const response = new OCSPResponse({
    responseStatus: OCSPResponseStatus.successful,
    responseBytes: new ResponseBytes({
      responseType: id_pkix_ocsp_basic,
      response: new OctetString(AsnConvert.serialize(basic)),
    }),
  });
  return Buffer.from(AsnConvert.serialize(response));
}

it('obeys a responder that the issuer signed for, and remembers what it said good', async () => {
  const revoked = new CertStatus({ revoked: new RevokedInfo({ revocationTime: notBefore }) });
  expect(await askAbout(revoked)).toEqual([true, 2]);
  expect(await askAbout(new CertStatus({ good: null }))).toEqual([false, 1]);
});

it('leaves the revocation list alone to decide when no responder answers, or somebody else does', async () => {
  const revoked = new CertStatus({ revoked: new RevokedInfo({ revocationTime: notBefore }) });
  const others = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  expect(await askAbout(revoked, { signingKey: others.privateKey })).toEqual([false, 2]);
  expect(await askAbout(revoked, { http: 503 })).toEqual([false, 2]);
  expect(await askAbout(new CertStatus({ unknown: null }))).toEqual([false, 2]);
});
