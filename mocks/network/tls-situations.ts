import { createSecureContext, type SecureVersion } from 'node:tls';
import type { Service } from '#formats/exchange/index.ts';
import { messageOf } from '../errors.ts';
import type { Pki } from '../pki/types.ts';
import type { Situation, Situations } from '../situations/types.ts';
import type { DhBits } from './dh-parameters.ts';
import table from './tls-situations.json' with { type: 'json' };
import type { TlsSettings } from './types.ts';

/** One thing that a listener can show; `code` is the number of its suite in the registry, for readers. */
interface TlsSituation {
  readonly name: string;
  /** Name among the faulty server certificates. */
  readonly certificate?: string;
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  readonly ciphers?: string;
  readonly dhBits?: DhBits;
  readonly code?: string;
  readonly weak?: boolean;
}

const TABLE = table.situations as readonly TlsSituation[];
const BY_NAME: ReadonlyMap<string, TlsSituation> = new Map(TABLE.map((one) => [one.name, one]));

/** `tls-suites` takes the OpenSSL list of its parameter `suites`. */
const WITH_SUITES = 'tls-suites';

/** What any TLS listener can be asked to show at its next handshakes, for everybody or for one listener by name. */
export const TLS_SITUATIONS: readonly string[] = [...BY_NAME.keys(), WITH_SUITES];

/** A situation taken for a handshake, and what it makes the listener show. */
export interface PlayedTls {
  readonly situation: string;
  readonly settings: TlsSettings;
}

/** Names of the listeners of each service of a bench: what a situation of the handshake can be about. */
const listeners = new WeakMap<Situations, Map<Service, Set<string>>>();

/** Announces the names for a listener of a service; about anything but a listener, they are refused. */
export function announceTls(situations: Situations, service: Service, listener: string): void {
  const services = listeners.get(situations) ?? new Map<Service, Set<string>>();
  listeners.set(situations, services);
  const names = services.get(service) ?? new Set<string>();
  services.set(service, names.add(listener));
  situations.announce(
    service,
    TLS_SITUATIONS,
    (situation) => handshakeSubjectProblem(situation, [...names]) ?? suitesProblem(situation),
  );
}

/**
 * At the handshake nobody knows yet whom the call is about: a patient can never be reached there.
 * @param names the listeners that the situation may be about
 * @returns what is wrong, in French; undefined for a situation of a listener or of everybody
 */
export function handshakeSubjectProblem({ about }: Situation, names: readonly string[]): string | undefined {
  if (about === undefined || names.includes(about.toLowerCase())) return undefined;
  const allowed = names.length === 0 ? '' : ` ou nommez un écouteur dans « about » (${names.join(', ')})`;
  return `elle se joue à la poignée de main TLS, avant que le banc sache de qui parle l'appel (« ${about} » ne serait jamais reconnu) ; ne donnez ni patient ni « about »${allowed}`;
}

/** What the next handshake must show; `about` a situation is the name of the listener, whoever connects. */
export function takeTlsSettings(
  situations: Situations,
  service: Service,
  listener: string,
  pki: Pick<Pki, 'faultyServers'>,
): PlayedTls | undefined {
  const played = situations.take(service, listener, TLS_SITUATIONS);
  if (played === undefined) return undefined;
  const { situation } = played;
  if (situation !== WITH_SUITES) return { situation, settings: settingsOfSituation(situation, pki) ?? {} };
  return { situation, settings: withSuites(String(played.parameters?.['suites'] ?? '')) };
}

/**
 * What a situation makes a listener show.
 * @returns undefined for a name that is none, or that needs parameters
 */
export function settingsOfSituation(name: string, pki: Pick<Pki, 'faultyServers'>): TlsSettings | undefined {
  const found = BY_NAME.get(name);
  if (found === undefined) return undefined;
  const { certificate, minVersion, maxVersion, ciphers, dhBits } = found;
  const credential = pki.faultyServers[certificate ?? ''];
  return {
    ...(credential === undefined ? {} : { credential }),
    // A suite alone is of TLS 1.2: the next version would bring its own.
    ...(ciphers === undefined ? {} : { ciphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(dhBits === undefined ? {} : { dhBits }),
  };
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
