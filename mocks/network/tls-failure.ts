import type { TlsExchange, TlsPeer } from '#formats/exchange/index.ts';
import type { Accepted } from './tls-accepted.ts';
import { refusalSentence } from './tls-peer.ts';
import { mustBeRefused, refusedUnder, showsBadCertificate } from './tls-situation-outcome.ts';

/** The reason alone: the whole message of OpenSSL carries thread numbers and source files, which help nobody. */
export function reasonOf(error: Error): string {
  if ('reason' in error && typeof error.reason === 'string') return error.reason;
  return (/^[0-9A-F]+:error:[^:]*:[^:]*:[^:]*:([^:]+):/.exec(error.message)?.[1] ?? error.message).trim();
}

/** What OpenSSL sends for each reason of its own (RFC 8446 §6.2). */
const SENT: readonly (readonly [reason: RegExp, name: string])[] = [
  [/unsupported protocol|version too low|wrong version|no protocols available/i, 'protocol_version'],
  [/no shared cipher|no suitable|no shared group/i, 'handshake_failure'],
  [/unexpected message/i, 'unexpected_message'],
  [/decode|bad (?:length|packet)/i, 'decode_error'],
];

/**
 * The alert that ended a handshake, from the reason of OpenSSL.
 * @param protocol version agreed: the alert for an absent certificate has a name of its own since TLS 1.3
 */
export function alertOf(reason: string, protocol: string | undefined): TlsExchange['alert'] {
  const received = /\balert (.+)$/i.exec(reason)?.[1];
  if (received !== undefined) return { name: received.trim().toLowerCase().replaceAll(' ', '_'), from: 'client' };
  if (/did not return a certificate/i.test(reason)) {
    return { name: protocol === 'TLSv1.3' ? 'certificate_required' : 'handshake_failure', from: 'bench' };
  }
  const name = SENT.find(([pattern]) => pattern.test(reason))?.[1];
  return name === undefined ? undefined : { name, from: 'bench' };
}

interface Failed {
  /** Name the client asked for. */
  readonly asked: string | undefined;
  readonly tls: TlsPeer | undefined;
  /** Whether the bench had sent its part, its certificate included. */
  readonly answered: boolean;
  /** Played at this handshake: refusing what it shows is right, so no remedy is told. */
  readonly situation?: string | undefined;
  readonly accepted: Accepted;
}

/**
 * French sentence of a failed handshake: what was refused, what is accepted, then what to do. OpenSSL tells the client by an
 * alert where it refuses by itself (version, suite, no certificate); the journal is where the whole reason is.
 * @returns `played`: the refusal is the one that the situation played asks of the product
 */
export function failureSentence(error: Error, failed: Failed): { readonly sentence: string; readonly played: boolean } {
  const { situation, answered } = failed;
  const told = situation === undefined ? undefined : playedSentence(error, reasonOf(error), situation, answered);
  return told === undefined || situation === undefined
    ? { sentence: plainSentence(error, failed), played: false }
    : { sentence: told, played: mustBeRefused(situation) };
}

function plainSentence(error: Error, { asked, tls, answered, accepted }: Failed): string {
  const reason = reasonOf(error);
  if (/peer did not return a certificate/i.test(error.message)) return refusalSentence({ refusal: 'absent' });
  if (/unsupported protocol|version too low|no protocols available/i.test(error.message)) {
    return `connexion TLS refusée : version de TLS que l'écouteur n'accepte pas (${reason}) ; versions acceptées : ${accepted.versions}. À faire : réglez le client TLS du produit sur l'une d'elles.`;
  }
  if (/wrong version/i.test(error.message)) {
    return `connexion TLS refusée : ce qui est arrivé n'annonce aucune version de TLS (${reason}) ; versions acceptées : ${accepted.versions}. À faire : vérifiez que le produit parle TLS à cette adresse, et réglez-le sur l'une d'elles.`;
  }
  if (/no shared cipher|no suitable signature|no shared group/i.test(error.message)) {
    return `connexion TLS refusée : aucune suite cryptographique commune${tls?.protocol ? ` en ${tls.protocol}` : ''} ; suites acceptées : ${accepted.suites(tls?.protocol)}. À faire : ajoutez l'une d'elles à celles que propose le client TLS du produit.`;
  }
  if (
    /alert unknown ca|alert bad certificate|alert (?:unsupported |unknown )?certificate|alert decrypt/i.test(reason)
  ) {
    return `connexion TLS abandonnée par le client, qui refuse le certificat du serveur (${reason}). À faire : ${TRUST}.`;
  }
  if (/alert (?:protocol version|handshake failure|insufficient security)/i.test(reason)) {
    return `connexion TLS abandonnée par le client, qui refuse la version ou la suite proposée (${reason}) ; versions acceptées par l'écouteur : ${accepted.versions} ; suites : ${accepted.suites(tls?.protocol)}. À faire : réglez le client TLS du produit sur l'une d'elles.`;
  }
  if (/http request/i.test(error.message)) {
    return 'connexion refusée : HTTP en clair sur un port TLS. À faire : appelez cette adresse en https.';
  }
  if (/handshake timeout/.test(error.message)) return 'connexion TLS abandonnée : poignée de main jamais terminée';
  if (/closed during the handshake|ECONNRESET/.test(error.message) && answered) {
    const name = asked === undefined ? 'le nom attendu' : `le nom « ${asked} »`;
    return `connexion TLS fermée par le client après avoir reçu le certificat du serveur, sans dire pourquoi ; le plus souvent il ne lui fait pas confiance ou n'y trouve pas ${name}. À faire : ${TRUST}.`;
  }
  return `connexion TLS échouée pendant la poignée de main (${reason})`;
}

/** What ends a handshake because of what the situation shows; undefined for a failure of another nature. */
function playedSentence(error: Error, reason: string, situation: string, answered: boolean): string | undefined {
  const left = /closed during the handshake|ECONNRESET/.test(error.message) && answered;
  if (left) return refusedUnder(situation, 'connexion fermée sans dire pourquoi');
  const ofVersion =
    /unsupported protocol|version too low|wrong version|no protocols available|no shared cipher/i.test(reason) ||
    /alert (?:protocol version|handshake failure|insufficient security)/i.test(reason);
  const ofCertificate = /\balert\b.*\b(?:certificate|unknown ca|decrypt)/i.test(reason);
  return (showsBadCertificate(situation) ? ofCertificate : ofVersion) ? refusedUnder(situation, reason) : undefined;
}

const TRUST =
  'ajoutez aux autorités de confiance du produit celle du banc (« pki.ca » de « npm run jalon -- mocks --json »)';
