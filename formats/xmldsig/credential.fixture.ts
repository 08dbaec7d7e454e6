import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export interface TestCredential {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly der: Uint8Array;
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const USAGES = {
  client: x509.ExtendedKeyUsage.clientAuth,
  signature: x509.ExtendedKeyUsage.emailProtection,
} as const;

/**
 * Self-signed certificate for tests, made in memory.
 *
 * @param name distinguished name, RFC 2253
 * @param usage adds the extended key usage of the profile
 */
export async function makeCredential(name: string, usage?: keyof typeof USAGES): Promise<TestCredential> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: usage === undefined ? [] : [new x509.ExtendedKeyUsageExtension([USAGES[usage]])],
  });
  return {
    certificatePem: made.toString('pem'),
    keyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }),
    der: new Uint8Array(made.rawData),
  };
}
