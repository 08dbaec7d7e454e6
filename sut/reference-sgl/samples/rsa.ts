import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { TlsIdentity } from '../model/types.ts';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** A self-signed RSA certificate, as files and as text. */
export interface SampleCertificate {
  readonly files: TlsIdentity;
  readonly cert: string;
  readonly key: string;
}

/** A throw-away seal (ORG_SIGN), written next to `beside`; its subject has what breaks naive DN writers. */
export async function sampleSeal(beside: string): Promise<SampleCertificate> {
  return await selfSigned(beside, 'sceau', [
    { C: ['FR'] },
    { O: ["Labo, de l'Été"] },
    { OU: ['10B0000001'] },
    { CN: ['ORG_SIGN'] },
  ]);
}

/** A throw-away CPS card: one RDN of three types, as real cards carry. */
export async function sampleCard(beside: string, nationalId: string): Promise<SampleCertificate> {
  return await selfSigned(beside, 'carte', [
    { C: ['FR'] },
    { O: ['ASIP-SANTE'] },
    { CN: [nationalId], '2.5.4.4': ['BLUE'], '2.5.4.42': ['EVA'] },
  ]);
}

/** A throw-away server on 127.0.0.1: its own authority. RSA, since the suites of MSSanté know no other key. */
export async function sampleServer(beside: string): Promise<SampleCertificate> {
  return await selfSigned(beside, 'serveur', [{ CN: ['127.0.0.1'] }]);
}

async function selfSigned(beside: string, name: string, subject: x509.JsonName): Promise<SampleCertificate> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject,
    keys,
    serialNumber: '0102030405',
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const cert = certificate.toString('pem');
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const files = { cert: join(dirname(beside), `${name}.pem`), key: join(dirname(beside), `${name}.key`) };
  await writeFile(files.cert, cert);
  await writeFile(files.key, key, { mode: 0o600 });
  return { files, cert, key };
}
