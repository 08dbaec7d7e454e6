import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export interface TestCredential {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly der: Uint8Array;
}

/**
 * Self-signed certificate for tests, made in memory.
 *
 * @param name distinguished name, RFC 2253
 * @param usage adds the extended key usage of the profile
 */
export async function makeCredential(name: string, usage: 'signature' | 'client'): Promise<TestCredential> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.ExtendedKeyUsageExtension([
        usage === 'client' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.emailProtection,
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certificatePem: made.toString('pem'),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----`,
    der: new Uint8Array(made.rawData),
  };
}
