import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { Peer, TlsPeer } from '#formats/exchange/index.ts';
import { messageOf } from '../errors.ts';
import type { ServiceContext } from '../types.ts';
import { readPeer, readTlsPeer, refusalSentence } from './tls-peer.ts';
import type { HttpServiceDefinition, TlsSettings } from './types.ts';

const HANDSHAKE_TIMEOUT = 20_000;

type Definition = Pick<HttpServiceDefinition, 'service' | 'clientCertificate' | 'tls'>;

/**
 * Makes the function that turns raw connections into TLS ones. The handshake is ours, not `tls.Server`'s, because a
 * certificate refused there is gone before it can be named: here the refusal is journaled with its subject and reason.
 * In `required` mode an absent certificate is refused by a TLS alert, a bad one by closing right after the handshake.
 *
 * @returns function of a raw socket and of what to do with the secured one and its peer
 */
export function createTlsAcceptor(
  definition: Definition,
  context: ServiceContext,
): (raw: Socket, ready: (socket: TLSSocket, peer: Peer) => void) => void {
  const contexts = new Map<string, SecureContext>();
  return (raw, ready) => {
    const started = context.now();
    const startedTick = performance.now();
    const peer = readPeer(raw);
    const journal = (outcome: string, error: string, tls?: TlsPeer) => {
      context.journal.record({
        id: context.uuid(),
        protocol: 'tls',
        service: definition.service,
        startedAt: started.toISOString(),
        durationMs: Math.round(performance.now() - startedTick),
        peer: tls === undefined ? peer : { ...peer, tls },
        operation: 'tls',
        attribution: {},
        expected: false,
        outcome,
        error,
      });
    };

    let socket: TLSSocket;
    try {
      socket = new TLSSocket(raw, {
        isServer: true,
        secureContext: secureContext(contexts, definition.tls?.(), context),
        requestCert: definition.clientCertificate !== 'none',
        // Only `required` makes OpenSSL send the alert « certificate required »; other reasons are judged below.
        rejectUnauthorized: definition.clientCertificate === 'required',
      });
    } catch (error) {
      journal(`erreur du banc : réglages TLS inutilisables (${messageOf(error)})`, messageOf(error));
      raw.destroy();
      return;
    }
    let settled = false;
    const fail = (error: Error) => {
      if (settled) {
        socket.destroy();
        return;
      }
      settled = true;
      clearTimeout(timer);
      journal(failureSentence(error), reasonOf(error));
      socket.destroy();
      raw.destroy();
    };
    const timer = setTimeout(() => fail(new Error('handshake timeout')), HANDSHAKE_TIMEOUT);
    timer.unref();
    socket.on('error', fail);
    socket.on('_tlsError', fail);
    raw.on('error', fail);
    raw.once('close', () => {
      // A client that connects and leaves without a byte is a port probe, not a failed handshake.
      if (!settled && raw.bytesRead > 0) fail(new Error('connection closed during the handshake'));
      settled = true;
      clearTimeout(timer);
    });
    socket.once('secure', () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      const tls = readTlsPeer(socket, context.pki, context.now());
      if (definition.clientCertificate === 'required' && !tls.authorized) {
        journal(refusalSentence(tls), tls.refusal ?? 'refused', tls);
        socket.destroy();
        return;
      }
      ready(
        socket,
        definition.clientCertificate === 'none' ? { ...peer, tls: withoutJudgement(tls) } : { ...peer, tls },
      );
    });
  };
}

/** Where no certificate is asked for, its absence is no refusal. */
function withoutJudgement(tls: TlsPeer): TlsPeer {
  return { protocol: tls.protocol, cipher: tls.cipher, sni: tls.sni, authorized: false };
}

function secureContext(
  made: Map<string, SecureContext>,
  settings: TlsSettings | undefined,
  context: ServiceContext,
): SecureContext {
  const credential = settings?.credential ?? context.pki.server;
  const minVersion = settings?.minVersion ?? 'TLSv1.2';
  const maxVersion = settings?.maxVersion ?? 'TLSv1.3';
  const key = [credential.name, minVersion, maxVersion, settings?.ciphers].join(' ');
  const known = made.get(key);
  if (known !== undefined) return known;
  const secured = createSecureContext({
    cert: credential.certificatePem,
    key: credential.keyPem,
    ca: context.pki.caPem,
    minVersion,
    maxVersion,
    ...(settings?.ciphers === undefined ? {} : { ciphers: settings.ciphers }),
    honorCipherOrder: true,
    sessionIdContext: 'jalon',
  });
  made.set(key, secured);
  return secured;
}

/** The reason alone: the whole message of OpenSSL carries thread numbers and source files, which help nobody. */
function reasonOf(error: Error): string {
  if ('reason' in error && typeof error.reason === 'string') return error.reason;
  return (/^[0-9A-F]+:error:[^:]*:[^:]*:[^:]*:([^:]+):/.exec(error.message)?.[1] ?? error.message).trim();
}

function failureSentence(error: Error): string {
  const reason = reasonOf(error);
  if (/peer did not return a certificate/i.test(error.message)) {
    return refusalSentence({ refusal: 'absent' });
  }
  if (/unsupported protocol|version too low|wrong version|no protocols available/i.test(error.message)) {
    return `connexion TLS refusée : version de TLS que l'écouteur n'accepte pas (${reason})`;
  }
  if (/no shared cipher/i.test(error.message)) {
    return 'connexion TLS refusée : aucune suite cryptographique commune';
  }
  if (/alert unknown ca|alert bad certificate|alert certificate/i.test(error.message)) {
    return `connexion TLS abandonnée par le client, qui refuse le certificat du serveur (${reason}). À faire : ajoutez aux autorités de confiance du produit celle du banc (« pki.ca » de « jalon mocks --json »).`;
  }
  if (/http request/i.test(error.message)) {
    return 'connexion refusée : HTTP en clair sur un port TLS. À faire : appelez cette adresse en https.';
  }
  if (/handshake timeout/.test(error.message)) return 'connexion TLS abandonnée : poignée de main jamais terminée';
  return `connexion TLS échouée pendant la poignée de main (${reason})`;
}
