import { header, readMail } from '#formats/mail/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { findingOf } from '../rule/index.ts';

const UNIQUE = {
  id: 'MAIL-MESSAGE-ID-UNIQUE',
  layer: 'business',
  severity: 'error',
  requirements: ['MSS/va1.12'],
  source: 'RFC 5322 §3.6.4',
  title: 'Deux messages n’ont jamais le même Message-ID.',
  expected: 'un Message-ID propre à chaque message',
  remedy: 'Générez un nouveau Message-ID à chaque message, renvoi d’un message modifié compris.',
} as const;

export const SET_RULES: readonly Rule[] = [UNIQUE];

/** Compares the mails of one run; unreadable sources are left to `checkMailFile`. Identical sources are one mail resent. */
export function checkMailSet(sources: readonly Uint8Array[]): readonly Finding[] {
  const seen = new Map<string, Uint8Array>();
  return sources.flatMap((source) => {
    const reading = readMail(source);
    const id = reading.ok ? header(reading.mail, 'Message-ID') : undefined;
    if (id === undefined) return [];
    const other = seen.get(id);
    seen.set(id, source);
    return other && !Buffer.from(other).equals(source)
      ? [findingOf(UNIQUE, { where: 'Message-ID', received: `${id} déjà utilisé par un autre message` })]
      : [];
  });
}
