import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

/** Keys of the mock, made at each start and never written: a product must read them from the JWKS, not keep them. */
export interface SigningKeys {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
  /** A key that the JWKS does not publish under this kid: makes the `signature-fausse` situation. */
  readonly strangerKey: CryptoKey;
  /** HMAC secret of the refresh tokens, which only the mock reads. */
  readonly refreshSecret: Uint8Array;
}

/**
 * @param kid key id published in the JWKS and put in every token header
 * @returns RSA-2048 keys for RS256, the algorithm of the real tokens (protocols.md §4.2)
 */
export async function makeSigningKeys(kid: string): Promise<SigningKeys> {
  const [pair, stranger] = await Promise.all([
    generateKeyPair('RS256', { modulusLength: 2048 }),
    generateKeyPair('RS256', { modulusLength: 2048 }),
  ]);
  const jwk = await exportJWK(pair.publicKey);
  return {
    kid,
    privateKey: pair.privateKey,
    publicKey: pair.publicKey,
    publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' },
    strangerKey: stranger.privateKey,
    refreshSecret: randomBytes(32),
  };
}
