import { refusal, type Outcome } from '../domain/index.ts';
import type { Role } from './roles.ts';

/** Somebody who logs in, as others see it. */
export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** Logs in with a password kept here. */
  readonly local: boolean;
  /** Issuer of the identity provider that it is tied to. */
  readonly provider?: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly revision: number;
}

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+-]{0,62}[\p{L}\p{N}])?$/u;

/**
 * Judges the name of an account, which the audit shows for ever.
 *
 * @returns the name with composed letters; `ACCOUNT_NAME_INVALID`
 */
export function readAccountName(written: string): Outcome<string> {
  const name = written.normalize('NFC').trim();
  if (NAME.test(name)) return { ok: true, value: name };
  return refusal(
    'ACCOUNT_NAME_INVALID',
    'Ce nom de compte ne convient pas.',
    'De 1 à 64 lettres, chiffres, espaces, points, tirets, « @ » ou « + » ; il commence et finit par une lettre ou un chiffre.',
  );
}
