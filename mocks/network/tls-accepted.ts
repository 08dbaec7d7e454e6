import { DEFAULT_CIPHERS, type SecureVersion } from 'node:tls';
import type { TlsSettings } from './types.ts';

const VERSIONS: readonly (readonly [version: SecureVersion, name: string])[] = [
  ['TLSv1', 'TLS 1.0'],
  ['TLSv1.1', 'TLS 1.1'],
  ['TLSv1.2', 'TLS 1.2'],
  ['TLSv1.3', 'TLS 1.3'],
];
const SHOWN = 6;

/** What a listener accepts, in French words. */
export interface Accepted {
  readonly versions: string;
  /** Suites of one version, or of every accepted one. */
  suites(protocol?: string): string;
}

/** The versions of a listener, those of the bench where its settings say nothing. */
export function versionsOf({ minVersion = 'TLSv1.2', maxVersion = 'TLSv1.3' }: TlsSettings): {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
} {
  return { minVersion, maxVersion };
}

/** Says what a listener of these settings accepts, for whoever it refused. */
export function acceptedOf(settings: TlsSettings): Accepted {
  const { minVersion, maxVersion } = versionsOf(settings);
  const place = (wanted: SecureVersion): number => VERSIONS.findIndex(([version]) => version === wanted);
  const open = VERSIONS.slice(place(minVersion), place(maxVersion) + 1);
  return {
    versions: open.map(([, name]) => name).join(' et '),
    suites: (protocol) => suitesOf(settings.ciphers ?? DEFAULT_CIPHERS, open, protocol),
  };
}

/** Names of suites that an RSA certificate without Diffie-Hellman parameters serves, the first ones; the OpenSSL list itself when it names none. */
function suitesOf(list: string, open: typeof VERSIONS, protocol: string | undefined): string {
  const versions = protocol ? [protocol] : open.map(([version]) => version);
  const recent = versions.includes('TLSv1.3');
  const older = versions.some((version) => version !== 'TLSv1.3');
  const names = list
    .split(':')
    .filter((name) => /^[A-Z][A-Z0-9_]*(?:[-_][A-Z0-9]+)+$/.test(name) && !/ECDSA|PSK|^DHE/.test(name))
    .filter((name) => (name.startsWith('TLS_') ? recent : older));
  if (names.length === 0) return `liste OpenSSL « ${list} »`;
  const more = names.length > SHOWN ? `, et ${names.length - SHOWN} autre(s)` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}
