import type { Peer, TlsExchange } from '#formats/exchange/index.ts';
import { createTlsAcceptor, refusalSentence } from '../../network/index.ts';
import { listenOn, type PlainListener } from '../plain-listener.ts';
import { shownCredential } from '../server-credential.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import { createMailboxServer, type MailboxServer } from './mailbox-server.ts';
import { serveImapSession } from './session.ts';

export interface ImapListener extends PlainListener {
  /** Mailboxes are empty again; open connections are cut, their view being void. */
  forget(): void;
}

/** Reading listener: IMAP4rev1 with STARTTLS, the same certificates and mailboxes as the submission side. */
export async function listenImap(desk: MssanteDesk): Promise<ImapListener> {
  const servers = new Map<string, MailboxServer>();
  const serverOf = (mailbox: MailboxEntry): MailboxServer => {
    const key = mailbox.address.toLowerCase();
    const known = servers.get(key);
    if (known !== undefined) return known;
    const made = createMailboxServer(Math.floor(desk.context.now().getTime() / 1000));
    for (const mail of desk.store.list(key)) made.append(mail.source, new Date(mail.receivedAt));
    servers.set(key, made);
    return made;
  };
  desk.store.onDelivery((mail) => {
    servers.get(mail.mailbox.toLowerCase())?.append(mail.source, new Date(mail.receivedAt));
  });
  const accept = createTlsAcceptor(
    {
      service: 'mssante',
      clientCertificate: desk.clientCertificate,
      tls: () => ({ credential: shownCredential(desk) }),
    },
    desk.context,
  );
  const listener = await listenOn(desk.context, 'imap', (raw) =>
    serveImapSession(raw, {
      desk,
      serverOf,
      secure: (socket, ready) =>
        accept(socket, (secured, peer) => {
          const { tls } = peer;
          if (tls !== undefined && !tls.authorized && tls.refusal !== 'absent') {
            desk.context.journal.record(badCertificate(desk, peer, refusalSentence(tls)));
            secured.destroy();
            return;
          }
          ready(secured, peer);
        }),
    }),
  );
  return {
    port: listener.port,
    dropConnections: () => listener.dropConnections(),
    close: () => listener.close(),
    forget() {
      listener.dropConnections();
      servers.clear();
    },
  };
}

/** In `requested` mode the acceptor lets a bad certificate through: an operator would not. */
function badCertificate(desk: MssanteDesk, peer: Peer, outcome: string): TlsExchange {
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
    outcome,
    error: peer.tls?.refusal ?? 'refused',
  };
}
