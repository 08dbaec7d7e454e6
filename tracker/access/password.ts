import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { refusal, type Outcome } from '../domain/index.ts';

/** OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const SHORTEST = 12;
const LONGEST = 200;

const derive = promisify(argon2);

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/**
 * Judges a password before it is kept: long enough, and not the name.
 *
 * @returns `PASSWORD_SHORT`, `PASSWORD_LONG` or `PASSWORD_IS_NAME`
 */
export function judgePassword(password: string, name: string): Outcome<string> {
  const { length } = Array.from(password);
  if (length < SHORTEST) {
    return refusal(
      'PASSWORD_SHORT',
      `Le mot de passe compte moins de ${SHORTEST} caractères.`,
      'Choisissez une phrase de quelques mots.',
    );
  }
  if (length > LONGEST) {
    return refusal('PASSWORD_LONG', `Le mot de passe dépasse ${LONGEST} caractères.`, 'Prenez-en un plus court.');
  }
  if (password.toLowerCase().includes(name.toLowerCase())) {
    return refusal('PASSWORD_IS_NAME', 'Le mot de passe contient le nom du compte.', 'Choisissez-en un autre.');
  }
  return { ok: true, value: password };
}

/** Argon2id, as a PHC string: the cost goes with it, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive('argon2id', parameters(password, salt, COST, TAG_BYTES));
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(salt)}$${text(tag)}`;
}

/**
 * Whether a password is the one of a hash. Without a hash (no such account, or one that only its identity provider opens) the
 * same work is done, so that time tells nothing.
 */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  const parts = kept === null ? null : PHC.exec(kept);
  if (parts === null) {
    await derive('argon2id', parameters(password, Buffer.alloc(SALT_BYTES), COST, TAG_BYTES));
    return false;
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = await derive('argon2id', parameters(password, Buffer.from(salt, 'base64'), cost, expected.length));
  return timingSafeEqual(found, expected);
}

function parameters(
  password: string,
  nonce: Buffer,
  { memory, passes, parallelism }: { readonly memory: number; readonly passes: number; readonly parallelism: number },
  tagLength: number,
): Argon2Parameters {
  // The same word typed on two keyboards may be composed otherwise.
  return { message: password.normalize('NFKC'), nonce, memory, passes, parallelism, tagLength };
}

function text(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
