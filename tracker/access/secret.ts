import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, in base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret that nobody can guess: no salt is needed. Hex. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

const TOKEN = /^jalon_[A-Za-z0-9_-]{43}$/;

/** A token for programs; its prefix lets scanners of secrets recognise one that leaked. */
export function newToken(): string {
  return `jalon_${newSecret()}`;
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
