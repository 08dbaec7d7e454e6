import { createHash, createPrivateKey, sign as signBytes, webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  ContentInfo,
  DigestAlgorithmIdentifier,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignatureAlgorithmIdentifier,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  id_ct_tstInfo,
  MessageImprint,
  PKIFreeText,
  PKIStatus,
  PKIStatusInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { setOf, wrapped } from './der.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const SHA256 = '2.16.840.1.101.3.4.2.1';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const DAY_MS = 86_400_000;

/** What a bad authority does otherwise. */
export interface TsaFaults {
  readonly status?: 'rejection';
  readonly nonce?: 'other' | 'none';
  readonly imprint?: 'other';
  /** Signs with a key that is not that of its certificate. */
  readonly key?: 'other';
  /** Names another certificate than its own, or none. */
  readonly names?: 'other' | 'none';
  readonly usage?: 'none' | 'not-critical' | 'server';
  readonly certificate?: 'expired' | 'absent';
  readonly answer?: 'garbage' | 'empty' | 'error' | 'endless' | 'silent' | 'no-token';
}

export interface TestTsa {
  readonly url: string;
  /** Its root, PEM. */
  readonly root: string;
  close(): Promise<void>;
}

/** A time-stamping authority on the loopback, with a root of its own; keys are made for the test. */
export async function startTsa(faults: TsaFaults = {}): Promise<TestTsa> {
  const identity = await makeIdentity(faults);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (faults.answer === 'silent') return;
      if (faults.answer === 'error') {
        response.writeHead(503).end('<html>maintenance</html>');
        return;
      }
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
      if (faults.answer === 'endless') response.write(Buffer.alloc(2_000_000));
      response.end(answerTo(Buffer.concat(chunks), identity, faults));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    root: identity.root,
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

interface Identity {
  readonly root: string;
  readonly certificate: Certificate;
  readonly sign: (bytes: Buffer) => Buffer;
}

async function makeIdentity({ usage, certificate, key }: TsaFaults): Promise<Identity> {
  x509.cryptoProvider.set(webcrypto as never);
  const make = (): Promise<CryptoKeyPair> =>
    webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const [rootKeys, keys, other] = await Promise.all([make(), make(), make()]);
  const now = Date.now();
  const valid = (from: number, to: number) => ({
    notBefore: new Date(now + from * DAY_MS),
    notAfter: new Date(now + to * DAY_MS),
  });
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=TEST Racine horodatage',
    ...valid(-400, 400),
    signingAlgorithm: ALGORITHM,
    keys: rootKeys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const usages = usage === 'server' ? ['1.3.6.1.5.5.7.3.1'] : [TIME_STAMPING];
  const own = await x509.X509CertificateGenerator.create({
    serialNumber: '4a02',
    subject: 'CN=TEST Horodatage, O=Banc',
    issuer: root.subject,
    ...(certificate === 'expired' ? valid(-200, -3) : valid(-1, 200)),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: usage === 'none' ? [] : [new x509.ExtendedKeyUsageExtension(usages, usage !== 'not-critical')],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', key === 'other' ? other.privateKey : keys.privateKey);
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return {
    root: root.toString('pem'),
    certificate: AsnConvert.parse(own.rawData, Certificate),
    sign: (bytes) => signBytes('sha256', bytes, privateKey),
  };
}

function answerTo(query: Buffer, identity: Identity, faults: TsaFaults): Buffer {
  if (faults.answer === 'garbage') return Buffer.from('ceci n’est pas du DER');
  if (faults.answer === 'empty') return Buffer.alloc(0);
  if (faults.status === 'rejection' || faults.answer === 'no-token') {
    const rejected = faults.status === 'rejection';
    return serialized(
      new TimeStampResp({
        status: new PKIStatusInfo({
          status: rejected ? PKIStatus.rejection : PKIStatus.granted,
          ...(rejected ? { statusString: new PKIFreeText(['politique inconnue']) } : {}),
        }),
      }),
    );
  }
  const request = AsnConvert.parse(query, TimeStampReq);
  const nonce = faults.nonce === 'other' ? new Uint8Array([1, 2, 3]).buffer : request.nonce;
  const info = serialized(
    new TSTInfo({
      policy: '1.2.3.4',
      messageImprint:
        faults.imprint === 'other'
          ? new MessageImprint({
              hashAlgorithm: sha256(),
              hashedMessage: new OctetString(digest(Buffer.from('autre'))),
            })
          : request.messageImprint,
      serialNumber: new Uint8Array([7]).buffer,
      genTime: new Date(),
      ...(nonce === undefined || faults.nonce === 'none' ? {} : { nonce }),
    }),
  );
  return serialized(
    new TimeStampResp({
      status: new PKIStatusInfo({ status: PKIStatus.granted }),
      timeStampToken: signed(info, identity, faults),
    }),
  );
}

function signed(info: Buffer, { certificate, sign }: Identity, faults: TsaFaults): ContentInfo {
  const attributes = [
    new Attribute({ attrType: '1.2.840.113549.1.9.3', attrValues: [oid(id_ct_tstInfo)] }),
    new Attribute({
      attrType: '1.2.840.113549.1.9.4',
      attrValues: [AsnConvert.serialize(new OctetString(digest(info)))],
    }),
    ...(faults.names === 'none'
      ? []
      : [
          new Attribute({
            attrType: '1.2.840.113549.1.9.16.2.47',
            attrValues: [signingCertificate(certificate, faults)],
          }),
        ]),
  ];
  const parts = attributes
    .map((one) => Buffer.from(AsnConvert.serialize(one)))
    .toSorted((one, other) => Buffer.compare(one, other));
  const { tbsCertificate } = certificate;
  const signer = new SignerInfo({
    version: CMSVersion.v1,
    sid: new SignerIdentifier({
      issuerAndSerialNumber: new IssuerAndSerialNumber({
        issuer: tbsCertificate.issuer,
        serialNumber: tbsCertificate.serialNumber,
      }),
    }),
    digestAlgorithm: new DigestAlgorithmIdentifier({ algorithm: SHA256 }),
    signedAttrs: parts.map((part) => AsnConvert.parse(part, Attribute)),
    signatureAlgorithm: new SignatureAlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
    signature: new OctetString(sign(setOf(parts))),
  });
  const data = new SignedData({
    version: CMSVersion.v3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([new DigestAlgorithmIdentifier({ algorithm: SHA256 })]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: id_ct_tstInfo,
      eContent: new EncapsulatedContent({ single: new OctetString(info) }),
    }),
    signerInfos: new SignerInfos([signer]),
    ...(faults.certificate === 'absent'
      ? {}
      : { certificates: new CertificateSet([new CertificateChoices({ certificate })]) }),
  });
  return new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: AsnConvert.serialize(data) });
}

/** ESSCertIDv2 of the certificate (RFC 5816): some verifiers ask for it. */
function signingCertificate(certificate: Certificate, { names }: TsaFaults): ArrayBuffer {
  const hash = digest(names === 'other' ? Buffer.from('autre') : Buffer.from(AsnConvert.serialize(certificate)));
  const wrap = (inner: Buffer): Buffer => wrapped(0x30, inner);
  return new Uint8Array(wrap(wrap(wrap(wrapped(0x04, hash))))).buffer;
}

function oid(value: string): ArrayBuffer {
  const [first = 0, second = 0, ...rest] = value.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return new Uint8Array([0x06, bytes.length, ...bytes]).buffer;
}

const sha256 = (): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithm: SHA256 });
const digest = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const serialized = (value: object): Buffer => Buffer.from(AsnConvert.serialize(value));
