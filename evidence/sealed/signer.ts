import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { writeWhole } from '../store.ts';
import { SealError } from './errors.ts';
import type { Signer } from './types.ts';

/** Passphrase of an encrypted key; a command line is read by others on the machine. */
const PASSPHRASE = 'JALON_KEY_PASSPHRASE';

/**
 * The key of the vendor: made when the file is not there, read otherwise.
 *
 * @param environment holds the passphrase of an encrypted key
 * @throws {SealError} `SEAL_KEY`, `SEAL_KEY_OPEN` when others may read it, `SEAL_KEY_PASSPHRASE`
 */
export async function openSigner(file: string, environment: NodeJS.ProcessEnv = process.env): Promise<Signer> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) {
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeWhole(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
    return signerOf(privateKey);
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new SealError(
      'SEAL_KEY_OPEN',
      `La clé ${file} se lit par d’autres que vous.`,
      'Retirez-leur ce droit (chmod 600), puis recommencez ; si elle a pu être copiée, faites-en une autre.',
    );
  }
  return signerOf(readKey(file, await readFile(file), environment[PASSPHRASE]));
}

function readKey(file: string, pem: Buffer, passphrase: string | undefined): KeyObject {
  const encrypted = pem.includes('ENCRYPTED');
  if (encrypted && (passphrase ?? '') === '') {
    throw new SealError(
      'SEAL_KEY_PASSPHRASE',
      `La clé ${file} est chiffrée.`,
      `Donnez sa phrase de passe dans la variable ${PASSPHRASE}.`,
    );
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, ...(encrypted ? { passphrase } : {}) });
  } catch (cause) {
    throw encrypted
      ? new SealError('SEAL_KEY_PASSPHRASE', `La phrase de passe n’ouvre pas la clé ${file}.`, 'Vérifiez-la.', cause)
      : wrongKey(file, cause);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw wrongKey(file);
  return key;
}

function wrongKey(file: string, cause?: unknown): SealError {
  return new SealError(
    'SEAL_KEY',
    `${file} n’est pas une clé privée Ed25519 en PEM.`,
    'Donnez-en une (openssl genpkey -algorithm ed25519), ou un fichier qui n’existe pas encore : Jalon la fera.',
    cause,
  );
}

function signerOf(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: pemOf(publicKey),
    fingerprint: fingerprintOf(publicKey),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' });
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** A public key as it is sealed. */
export interface SealedKey {
  readonly fingerprint: string;
  verifies(bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** @returns undefined when it is not an Ed25519 key, or not in the form that we write */
export function readPublicKey(pem: string): SealedKey | undefined {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519' || pemOf(key) !== pem) return undefined;
    return {
      fingerprint: fingerprintOf(key),
      verifies: (bytes, signature) => verify(null, bytes, key, signature),
    };
  } catch {
    return undefined;
  }
}

/** Fingerprint of what somebody trusts: itself in any writing, or a PEM. @returns undefined when it is neither */
export function trustedFingerprint(given: string): string | undefined {
  if (given.includes('BEGIN')) {
    try {
      return fingerprintOf(createPublicKey(given));
    } catch {
      return undefined;
    }
  }
  const hex = given.replaceAll(/[\s:]/gu, '').toLowerCase();
  return /^[0-9a-f]{64}$/u.test(hex) ? hex : undefined;
}

/** A fingerprint as people compare it: groups of eight. */
export function shownFingerprint(fingerprint: string): string {
  return fingerprint.match(/.{1,8}/gu)?.join(' ') ?? fingerprint;
}
