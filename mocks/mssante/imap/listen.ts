import type { Socket } from 'node:net';
import type { Peer, TlsExchange } from '#formats/exchange/index.ts';
import { createTlsAcceptor, readPeer, refusalSentence, type ShownSettings } from '../../network/index.ts';
import { listenOn, type PlainListener } from '../plain-listener.ts';
import { shownTls } from '../shown-tls.ts';
import type { InboxMail, MailboxEntry, MssanteDesk } from '../types.ts';
import { makeAccounts } from './mailbox/accounts.ts';
import type { Secure } from './session-parts.ts';
import { serveImapSession } from './session.ts';
import { IMAP_SELECT_SITUATIONS } from './situations.ts';

export interface ImapService {
  /**
   * Serves a raw connection: in clear until STARTTLS, or TLS from its first byte.
   * @param tls what the handshake shows, asked at each one; the same function for the same listener
   */
  serve(raw: Socket, how: 'starttls' | 'implicit', tls?: () => ShownSettings | undefined): void;
  /** The INBOX of a mailbox, as it stands. */
  inbox(mailbox: MailboxEntry): readonly InboxMail[];
  /** Mailboxes are empty again. */
  forget(): void;
}

export interface ImapListener extends PlainListener {
  /** Port of TLS from the first byte (993 by convention). */
  readonly tlsPort: number;
  /** The same mailboxes on another connection, for who listens elsewhere with other TLS settings. */
  readonly serve: ImapService['serve'];
  readonly inbox: ImapService['inbox'];
  /** Mailboxes are empty again; open connections are cut, their view being void. */
  forget(): void;
}

/**
 * The reading side of the operator: IMAP4rev1 over the mailboxes of the desk, client certificate judged as on the
 * submission side.
 */
export function createImapService(desk: MssanteDesk): ImapService {
  desk.context.situations.announce('mssante', IMAP_SELECT_SITUATIONS);
  const accounts = makeAccounts(desk);
  const shown = (): ShownSettings => shownTls(desk, 'imap');
  const acceptors = new WeakMap<() => ShownSettings | undefined, ReturnType<typeof createTlsAcceptor>>();
  const acceptorFor = (tls: () => ShownSettings | undefined): ReturnType<typeof createTlsAcceptor> => {
    const { context, clientCertificate } = desk;
    const definition = { service: 'mssante', clientCertificate, tls, tellsShown: true } as const;
    const made = acceptors.get(tls) ?? createTlsAcceptor(definition, context);
    acceptors.set(tls, made);
    return made;
  };
  return {
    serve(raw, how, tls = shown) {
      const accept = acceptorFor(tls);
      const secure: Secure = (socket, ready) =>
        accept(socket, (secured, peer, played, seen) => {
          const refused = peer.tls !== undefined && !peer.tls.authorized && peer.tls.refusal !== 'absent';
          if (!refused) return ready(secured, peer, { seen, unused: () => played?.unused() });
          desk.context.journal.record(badCertificate(desk, peer));
          secured.destroy();
        });
      if (how === 'starttls') serveImapSession(raw, { desk, accounts, peer: readPeer(raw), secure });
      else secure(raw, (secured, peer, shown) => serveImapSession(secured, { desk, accounts, peer, shown }));
    },
    inbox: (mailbox) =>
      accounts
        .of(mailbox)
        .inbox.messages.map(({ source, flags }) => ({ source: new Uint8Array(source.read()), flags })),
    forget: () => accounts.clear(),
  };
}

/** Listens with STARTTLS on one port, with TLS from the first byte on another. */
export async function listenImap(desk: MssanteDesk): Promise<ImapListener> {
  const service = createImapService(desk);
  const clear = await listenOn(desk.context, 'imap', (raw) => service.serve(raw, 'starttls'));
  const tls = await listenOn(desk.context, 'imaps', (raw) => service.serve(raw, 'implicit')).catch(
    async (error: unknown) => {
      await clear.close();
      throw error;
    },
  );
  const dropConnections = (): void => {
    clear.dropConnections();
    tls.dropConnections();
  };
  return {
    port: clear.port,
    tlsPort: tls.port,
    serve: (raw, how, tls) => service.serve(raw, how, tls),
    inbox: (mailbox) => service.inbox(mailbox),
    dropConnections,
    async close() {
      await Promise.all([clear.close(), tls.close()]);
    },
    forget() {
      dropConnections();
      service.forget();
    },
  };
}

/** In `requested` mode the acceptor lets a bad certificate through: an operator would not. */
function badCertificate(desk: MssanteDesk, peer: Peer): TlsExchange {
  const { tls } = peer;
  return {
    id: desk.context.uuid(),
    service: 'mssante',
    protocol: 'tls',
    startedAt: desk.context.now().toISOString(),
    durationMs: 0,
    peer,
    operation: 'tls',
    attribution: {},
    expected: false,
    outcome: tls === undefined ? 'refusé' : refusalSentence(tls),
    error: tls?.refusal ?? 'refused',
  };
}
