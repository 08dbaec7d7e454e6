import type net from 'node:net';
import { TLSSocket } from 'node:tls';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerAuthentication,
  type SMTPServerAuthenticationResponse,
  type SMTPServerSession,
} from 'smtp-server';
import {
  createTlsAcceptor,
  readPeer,
  readTlsPeer,
  refusalSentence,
  secureOptions,
  type ShownConnection,
} from '../../network/index.ts';
import { messageOf } from '../../errors.ts';
import type { DsnRequest } from '../answers/dsn-request.ts';
import { XOAUTH2_CHALLENGE, byPassword, byToken, withoutCertificate } from '../authenticate.ts';
import { listenOn, type PlainListener } from '../plain-listener.ts';
import { shownTls, type ShownCredential } from '../shown-tls.ts';
import { AUTH_SITUATIONS } from '../situations.ts';
import { takeSituation } from '../take-situation.ts';
import type { MssanteDesk } from '../types.ts';
import { receive } from './receive.ts';
import { judgeRecipient, type SmtpRefusal } from './recipient.ts';
import { judgeEnvelopeSender } from './sender.ts';
import { SmtpSessionRecord } from './session-record.ts';
import { transcriptLogger } from './transcript-logger.ts';

/**
 * Submission listener: STARTTLS before anything (530 otherwise), client certificate of the test IGC-Santé, then login.
 * Connections are accepted here and handed to one smtp-server per certificate shown, so that a situation changes the
 * certificate of the next connection only.
 */
export async function listenSmtp(desk: MssanteDesk): Promise<SmtpListener> {
  const closing = new AbortController();
  const servers = new Map<string, SMTPServer>();
  const serve: SmtpListener['serve'] = (raw, shown) => {
    const { credential, ...settings } = shown;
    const key = JSON.stringify([credential.name, settings]);
    const server = servers.get(key) ?? makeServer(desk, shown, closing.signal);
    servers.set(key, server);
    server.connect(raw, {});
  };
  const clear = await listenOn(desk.context, 'smtp', (raw) => serve(raw, shownTls(desk, 'smtp')));
  const { clientCertificate } = desk;
  const accept = createTlsAcceptor(
    { service: 'mssante', clientCertificate, tls: () => shownTls(desk, 'smtp'), tellsShown: true },
    desk.context,
  );
  const handshakes = new WeakMap<net.Socket, ShownConnection>();
  const secured = makeServer(desk, { credential: desk.context.pki.server }, closing.signal, handshakes);
  const tls = await listenOn(desk.context, 'smtps', (raw) =>
    accept(raw, (socket, _, played, shown) => {
      handshakes.set(socket, shown);
      // A client that leaves at the sight of the certificate may be gone before its session is looked at.
      socket.once('close', () => {
        if (handshakes.delete(socket)) played?.unused();
      });
      secured.connect(socket, {});
    }),
  ).catch(async (error: unknown) => {
    await clear.close();
    throw error;
  });
  return {
    port: clear.port,
    tlsPort: tls.port,
    serve,
    dropConnections() {
      clear.dropConnections();
      tls.dropConnections();
    },
    async close() {
      closing.abort();
      await Promise.all([clear.close(), tls.close()]);
    },
  };
}

export interface SmtpListener extends PlainListener {
  /** Port of TLS from the first byte (465 by convention). */
  readonly tlsPort: number;
  /** The same submission on another connection, in clear until STARTTLS, for who listens elsewhere with other TLS settings. */
  serve(raw: net.Socket, shown: ShownCredential): void;
}

/** @param handshakes given when connections come with their TLS session made: what each was shown */
function makeServer(
  desk: MssanteDesk,
  shown: ShownCredential,
  gone: AbortSignal,
  handshakes?: WeakMap<net.Socket, ShownConnection>,
): SMTPServer {
  const implicit = handshakes !== undefined;
  const records = new Map<string, SmtpSessionRecord>();
  const sockets = new Map<string, net.Socket>();
  const recordOf = (session: SMTPServerSession): SmtpSessionRecord => {
    const known = records.get(session.id);
    if (known !== undefined) return known;
    const record = new SmtpSessionRecord(desk, readPeer(session), implicit ? undefined : shown);
    records.set(session.id, record);
    return record;
  };

  const server = new SMTPServer({
    name: `smtp.${desk.domain}`,
    banner: 'MSSante (banc de test)',
    secure: implicit,
    secured: implicit,
    ...secureOptions(shown, desk.context.pki),
    requestCert: true,
    // Judged in onSecure: refused here, a certificate would be gone before it could be named in the journal.
    rejectUnauthorized: false,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    authRequiredMessage: 'Must issue a STARTTLS command and authenticate first',
    size: desk.maxBytes,
    hideENHANCEDSTATUSCODES: false,
    hideDSN: false,
    disableReverseLookup: true,
    logger: transcriptLogger((cid) => records.get(cid)),
    onConnect(session, callback) {
      recordOf(session);
      callback();
    },
    onSecure(socket, session, callback) {
      const record = recordOf(session);
      sockets.set(session.id, socket);
      if (!(socket instanceof TLSSocket)) return callback();
      const tls = readTlsPeer(socket, desk.context.pki, desk.context.now());
      record.tls = tls;
      record.shown = handshakes?.get(socket) ?? record.shown;
      handshakes?.delete(socket);
      record.shown?.settled(tls);
      const tolerated = desk.clientCertificate === 'requested' && tls.refusal === 'absent';
      if (tls.authorized || tolerated) return callback();
      record.tlsRefused(refusalSentence(tls), tls.refusal ?? 'refused');
      socket.destroy();
    },
    onAuth(auth, session, callback) {
      void answerLater(
        async () => {
          const response = await authenticate(desk, recordOf(session), auth);
          return () => callback(null, response);
        },
        (error) => callback(replyError({ code: 454, text: 'Temporary authentication failure', why: messageOf(error) })),
      );
    },
    onMailFrom(address, session, callback) {
      const record = recordOf(session);
      const { mailbox } = record;
      record.envelope = { from: address.address, to: [] };
      record.dsn.clear();
      const refusal = mailbox === undefined ? undefined : judgeEnvelopeSender(desk, mailbox, address.address);
      refuseOr(record, refusal, callback);
    },
    onRcptTo(address, session, callback) {
      const record = recordOf(session);
      const refusal = judgeRecipient(desk, address.address);
      if (refusal === undefined) {
        record.envelope.to.push(address.address);
        record.dsn.set(address.address.toLowerCase(), dsnOf(address, session));
      }
      refuseOr(record, refusal, callback);
    },
    onData(stream, session, callback) {
      const record = recordOf(session);
      const { mailbox } = record;
      if (mailbox === undefined) {
        callback(replyError({ code: 530, text: 'Authentication required', why: 'boîte non authentifiée' }));
        return;
      }
      void answerLater(
        async () => {
          const decision = await receive(desk, record, mailbox, stream, gone);
          if (decision.kind === 'cut') return () => sockets.get(session.id)?.destroy();
          if (decision.kind === 'refused') return () => callback(replyError(decision.refusal));
          return () => callback(null, decision.text);
        },
        (error) => callback(replyError({ code: 451, text: 'Local error', why: messageOf(error) })),
      );
    },
    onClose(session) {
      const record = records.get(session.id);
      record?.end();
      records.delete(session.id);
      sockets.delete(session.id);
    },
  });
  // The logger gave it to the connection that it is about.
  server.on('error', () => undefined);
  return server;
}

function dsnOf({ dsn }: SMTPServerAddress, { envelope }: SMTPServerSession): DsnRequest {
  const { envid, ret } = envelope.dsn ?? {};
  return {
    ...(dsn?.notify === undefined ? {} : { notify: dsn.notify }),
    ...(dsn?.orcpt === undefined ? {} : { orcpt: dsn.orcpt }),
    ...(envid ? { envid } : {}),
    ...(ret ? { ret } : {}),
  };
}

/** Decides, then replies outside of the decision, so that an error of the reply is not taken for one of the decision. */
async function answerLater(decide: () => Promise<() => unknown>, failed: (error: unknown) => void): Promise<void> {
  let reply: () => unknown;
  try {
    reply = await decide();
  } catch (error) {
    failed(error);
    return;
  }
  reply();
}

async function authenticate(
  desk: MssanteDesk,
  record: SmtpSessionRecord,
  auth: SMTPServerAuthentication,
): Promise<SMTPServerAuthenticationResponse> {
  const user = auth.username ?? '';
  const played = takeSituation(desk, user, AUTH_SITUATIONS);
  const reading =
    played !== undefined
      ? { ok: false as const, why: 'authentification refusée (situation)' }
      : auth.method === 'XOAUTH2'
        ? await byToken(desk, user, auth.accessToken ?? '')
        : byPassword(desk, user, auth.password ?? '');
  const why = reading.ok ? withoutCertificate(reading.mailbox, record.tls) : reading.why;
  if (reading.ok && why === undefined) {
    record.mailbox = reading.mailbox;
    return { user: reading.mailbox.address };
  }
  record.envelope = { from: user, to: [] };
  record.refuse(`refusé (535) : ${why ?? ''}`);
  return auth.method === 'XOAUTH2' && !reading.ok
    ? { data: XOAUTH2_CHALLENGE }
    : { message: 'Error: Authentication credentials invalid' };
}

function refuseOr(
  record: SmtpSessionRecord,
  refusal: SmtpRefusal | undefined,
  callback: (error?: Error | null) => void,
): void {
  if (refusal === undefined) return callback();
  record.refuse(`refusé (${refusal.code}) : ${refusal.why}`);
  callback(replyError(refusal));
}

function replyError(refusal: SmtpRefusal): Error & { responseCode: number } {
  return Object.assign(new Error(refusal.text), { responseCode: refusal.code });
}
