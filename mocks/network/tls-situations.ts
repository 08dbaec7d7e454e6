import { createSecureContext } from 'node:tls';
import type { Service } from '#formats/exchange/index.ts';
import { messageOf } from '../errors.ts';
import type { Pki } from '../pki/types.ts';
import type { Situation, Situations } from '../situations/types.ts';
import type { TlsSettings } from './types.ts';

/** Which server certificate each name shows. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  'certificat-expire': 'EXPIRED',
  'certificat-pas-encore-valide': 'NOT-YET-VALID',
  'certificat-revoque': 'REVOKED',
  'certificat-autre-ac': 'OTHER-CA',
  'certificat-autre-nom': 'WRONG-HOST',
};

/** Versions and suites by name; `tls-suites` takes the OpenSSL list of its parameter `suites`. */
const SETTINGS: Readonly<Record<string, TlsSettings>> = {
  'tls-1.0-seul': { minVersion: 'TLSv1', maxVersion: 'TLSv1' },
  'tls-1.1-seul': { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' },
  'tls-1.2-seul': { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
  'tls-1.3-seul': { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' },
  // Neither forward secrecy nor authenticated encryption: a product with a strict list refuses it.
  'tls-suite-faible': { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' },
};

const WITH_SUITES = 'tls-suites';

/** What any HTTPS listener can be asked to show at its next handshakes, for everybody or for one listener by name. */
export const TLS_SITUATIONS: readonly string[] = [...Object.keys(SETTINGS), WITH_SUITES, ...Object.keys(CERTIFICATES)];

/** Announces the names for a service. */
export function announceTls(situations: Situations, service: Service): void {
  situations.announce(service, TLS_SITUATIONS, suitesProblem);
}

/** What the next handshake must show; `about` a situation is the name of the listener, whoever connects. */
export function takeTlsSettings(
  situations: Situations,
  service: Service,
  listener: string,
  pki: Pick<Pki, 'faultyServers'>,
): TlsSettings | undefined {
  const played = situations.take(service, listener, TLS_SITUATIONS);
  if (played === undefined) return undefined;
  const credential = pki.faultyServers[CERTIFICATES[played.situation] ?? ''];
  if (credential !== undefined) return { credential };
  if (played.situation !== WITH_SUITES) return SETTINGS[played.situation];
  return withSuites(String(played.parameters?.['suites'] ?? ''));
}

/** A list that names suites of one generation only leaves the other version out, which OpenSSL would not do by itself. */
function withSuites(ciphers: string): TlsSettings {
  const names = ciphers.split(':');
  if (!names.some(isRecent)) return { ciphers, maxVersion: 'TLSv1.2' };
  return names.some((name) => !isRecent(name))
    ? { ciphers }
    : { ciphers, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' };
}

function suitesProblem({ situation, parameters }: Situation): string | undefined {
  if (situation !== WITH_SUITES) return undefined;
  const suites = parameters?.['suites'];
  if (typeof suites !== 'string' || suites === '') {
    return '« suites » donne la liste des suites, noms OpenSSL séparés par « : », par exemple « ECDHE-RSA-AES256-GCM-SHA384 »';
  }
  try {
    createSecureContext({ ciphers: suites });
    return undefined;
  } catch (error) {
    return `liste de suites inconnue d'OpenSSL, « ${suites} » (${messageOf(error)})`;
  }
}

/** A suite of TLS 1.3. */
function isRecent(name: string): boolean {
  return name.startsWith('TLS_');
}
