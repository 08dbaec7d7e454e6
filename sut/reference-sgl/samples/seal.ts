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

/** A throw-away RSA seal (ORG_SIGN), written next to `beside`; the subject has what breaks naive DN writers. */
export async function sampleSeal(beside: string): Promise<{ identity: TlsIdentity; pem: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ C: ['FR'] }, { O: ["Labo, de l'Été"] }, { OU: ['10B0000001'] }, { CN: ['ORG_SIGN'] }],
    keys,
    serialNumber: '0102030405',
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: ALGORITHM,
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const identity = { cert: join(dirname(beside), 'sceau.pem'), key: join(dirname(beside), 'sceau.key') };
  const pem = certificate.toString('pem');
  await writeFile(identity.cert, pem);
  await writeFile(identity.key, key, { mode: 0o600 });
  return { identity, pem };
}
