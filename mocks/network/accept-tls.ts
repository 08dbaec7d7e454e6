import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { Peer, TlsExchange, TlsPeer } from '#formats/exchange/index.ts';
import { messageOf } from '../errors.ts';
import type { ServiceContext } from '../types.ts';
import { secureOptions } from './secure-options.ts';
import { ShownConnection } from './shown.ts';
import { acceptedOf } from './tls-accepted.ts';
import { alertOf, failureSentence, reasonOf } from './tls-failure.ts';
import { readPeer, readTlsPeer, refusalSentence } from './tls-peer.ts';
import { mustBeRefused, refusedUnder } from './tls-situation-outcome.ts';
import { takeTlsSettings } from './tls-situations.ts';
import type { HttpServiceDefinition, ShownSettings, TlsSettings } from './types.ts';

const HANDSHAKE_TIMEOUT = 20_000;

/** A situation was played at the handshake that succeeded. */
export interface PlayedHandshake {
  readonly situation: string;
  /** To be called when the connection ends without a request: many clients judge the certificate only then. */
  readonly unused: () => void;
}

type Definition = Pick<HttpServiceDefinition, 'service' | 'clientCertificate'> & {
  /** Asked at each handshake; it may say that a situation or a personality is why. */
  readonly tls?: () => ShownSettings | undefined;
  /** The exchanges of a line protocol say what was shown; those of HTTP tell it in their outcome. */
  readonly tellsShown?: boolean;
  /** Absent for a listener whose mock plays its TLS situations itself. */
  readonly listener?: string;
};

/**
 * Makes the function that turns raw connections into TLS ones. The handshake is ours, not `tls.Server`'s, because a
 * certificate refused there is gone before it can be named: here the refusal is journaled with its subject and reason.
 * In `required` mode an absent certificate is refused by a TLS alert, a bad one by closing right after the handshake;
 * `optional` lets an absent one in and refuses a bad one. What was settled before a failure (version, suite, name asked,
 * certificates) is journaled with it. A refusal that the situation played asks of the product is journaled as expected.
 *
 * @returns function of a raw socket and of what to do with the secured one, its peer, the situation played and what was
 *   shown
 */
export function createTlsAcceptor(
  definition: Definition,
  context: ServiceContext,
): (
  raw: Socket,
  ready: (socket: TLSSocket, peer: Peer, played: PlayedHandshake | undefined, shown: ShownConnection) => void,
) => void {
  const contexts = new Map<string, SecureContext>();
  return (raw, ready) => {
    const started = context.now();
    const startedTick = performance.now();
    const peer = readPeer(raw);
    let shown: ShownConnection | undefined;
    const journal = (
      outcome: string,
      error: string,
      { tls, alert, expected = false }: { tls?: TlsPeer; alert?: TlsExchange['alert']; expected?: boolean } = {},
    ) => {
      context.journal.record({
        id: context.uuid(),
        protocol: 'tls',
        service: definition.service,
        startedAt: started.toISOString(),
        durationMs: Math.round(performance.now() - startedTick),
        peer: tls === undefined ? peer : { ...peer, tls },
        operation: 'tls',
        attribution: {},
        expected,
        outcome,
        error,
        ...(alert === undefined ? {} : { alert }),
        ...(definition.tellsShown === true && shown !== undefined ? { shown: shown.describe() } : {}),
      });
    };

    // A server of node:http leaves the other half open: a client that leaves in the middle would only be seen by the timer.
    raw.allowHalfOpen = false;
    let asked: string | undefined;
    let situation: string | undefined;
    let settings: TlsSettings;
    let connection: ShownConnection;
    let socket: TLSSocket;
    try {
      const chosen = settingsOf(definition, context);
      connection = new ShownConnection(context.uuid(), chosen);
      shown = connection;
      situation = connection.played;
      settings = chosen;
      socket = new TLSSocket(raw, {
        isServer: true,
        secureContext: secureContext(contexts, settings, context),
        requestCert: definition.clientCertificate !== 'none',
        // Only `required` makes OpenSSL send the alert « certificate required »; other reasons are judged below.
        rejectUnauthorized: definition.clientCertificate === 'required',
        // Called once the name asked is known: also tells that a hello was read when the rest never comes.
        SNICallback: (name, settle) => {
          asked = name;
          settle(null);
        },
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
      const reason = reasonOf(error);
      const tls = partialPeer(socket, asked, reason, context);
      const alert = alertOf(reason, tls?.protocol);
      if (tls !== undefined) connection.settled(tls);
      const { sentence, played } = failureSentence(error, {
        asked,
        tls,
        answered: raw.bytesWritten > 0,
        situation,
        accepted: acceptedOf(settings),
      });
      journal(sentence, reason, {
        ...(tls === undefined ? {} : { tls }),
        ...(alert === undefined ? {} : { alert }),
        expected: played,
      });
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
      connection.settled(tls);
      if (isRefused(definition.clientCertificate, tls)) {
        journal(refusalSentence(tls), tls.refusal ?? 'refused', { tls });
        socket.destroy();
        return;
      }
      const known = definition.clientCertificate === 'none' ? withoutJudgement(tls) : tls;
      const reason = 'connexion fermée après la poignée de main, sans requête';
      ready(
        socket,
        { ...peer, tls: known },
        situation === undefined
          ? undefined
          : {
              situation,
              unused: () =>
                journal(refusedUnder(situation, reason), reason, { tls: known, expected: mustBeRefused(situation) }),
            },
        connection,
      );
    });
  };
}

function isRefused(policy: Definition['clientCertificate'], { authorized, refusal }: TlsPeer): boolean {
  if (authorized) return false;
  return policy === 'required' || (policy === 'optional' && refusal !== 'absent');
}

/** What is shown: a situation first, then what the mock says, then the settings of the bench for this listener. */
function settingsOf(definition: Definition, context: ServiceContext): ShownSettings {
  const { listener, service } = definition;
  const base = listener === undefined ? undefined : context.tls?.(listener);
  const own = definition.tls?.();
  const played =
    listener === undefined ? undefined : takeTlsSettings(context.situations, service, listener, context.pki);
  return {
    ...base,
    ...own,
    ...played?.settings,
    ...(played === undefined ? {} : { situation: played.situation }),
  };
}

/** What a failed handshake had settled; undefined when not even the hello of the client was taken. */
function partialPeer(
  socket: TLSSocket,
  asked: string | undefined,
  reason: string,
  context: ServiceContext,
): TlsPeer | undefined {
  const read = readTlsPeer(socket, context.pki, context.now());
  // Before a version is agreed, OpenSSL gives one of its own choosing.
  const protocol = /unsupported protocol|version/i.test(reason) ? '' : read.protocol;
  const sni = read.sni || (asked ?? '');
  const known = protocol !== '' || sni !== '' || read.certificate !== undefined;
  return known ? { ...read, protocol, sni, authorized: false } : undefined;
}

/** Where no certificate is asked for, its absence is no refusal. */
function withoutJudgement(tls: TlsPeer): TlsPeer {
  return { protocol: tls.protocol, cipher: tls.cipher, sni: tls.sni, authorized: false };
}

function secureContext(
  made: Map<string, SecureContext>,
  settings: TlsSettings,
  context: ServiceContext,
): SecureContext {
  const { credential = context.pki.server, minVersion, maxVersion, ciphers, dhBits } = settings;
  const key = [credential.name, minVersion, maxVersion, ciphers, dhBits].join(' ');
  const known = made.get(key);
  if (known !== undefined) return known;
  const secured = createSecureContext({ ...secureOptions(settings, context.pki), sessionIdContext: 'jalon' });
  made.set(key, secured);
  return secured;
}
