import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const generate = promisify(generateKeyPair);

/** A new RSA-2048 private key, PKCS#8 PEM (IGC-Santé keys are RSA-2048). */
export async function newKeyPem(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}

/** The signing key of a PKCS#8 PEM, for certificates, CRL and OCSP answers (RSA PKCS#1 v1.5, SHA-256). */
export function signingKey(keyPem: string): Promise<CryptoKey> {
  const der = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), ALGORITHM, true, ['sign']);
}

/** The public half of a PKCS#8 PEM. */
export function publicKey(keyPem: string): Promise<CryptoKey> {
  const der = createPublicKey(keyPem).export({ type: 'spki', format: 'der' });
  return crypto.subtle.importKey('spki', new Uint8Array(der), ALGORITHM, true, ['verify']);
}
