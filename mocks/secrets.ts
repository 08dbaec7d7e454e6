import { createHmac } from 'node:crypto';
import type { Pki } from './pki/types.ts';

/** Secrets of a data folder, derived from a private key that never leaves it. */
export function secretsOf(pki: Pick<Pki, 'server'>): (use: string) => string {
  return (use) => createHmac('sha256', pki.server.keyPem).update(use).digest('hex').slice(0, 32);
}
