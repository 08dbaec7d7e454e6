import type { Duplex } from 'node:stream';
import hoodiecrow, { type HoodiecrowConnection } from 'hoodiecrow-imap';

/** IMAP view of one mailbox: what our own front hands an authenticated connection to. */
export interface MailboxServer {
  /**
   * Takes over a connection that is already authenticated.
   * @param stream decrypted bytes both ways; the greeting of the library is the first thing written to it
   * @returns to be called when the connection is gone
   */
  attach(stream: Duplex): () => void;
  append(source: Uint8Array, receivedAt: Date): void;
}

/** CONDSTORE and ENABLE are left out: the library's ENABLE throws when nothing was registered for it. */
const PLUGINS = ['ID', 'IDLE', 'MOVE', 'NAMESPACE', 'SPECIAL-USE', 'UIDPLUS', 'UNSELECT', 'LITERALPLUS'];

/**
 * One hoodiecrow server per mailbox, never listening: the library keeps one message store for all its users, while
 * mailboxes of the bench must not see each other.
 * @param uidValidity changes at each start, as the store is in memory (RFC 3501 §2.3.1.1)
 */
export function createMailboxServer(uidValidity: number): MailboxServer {
  const special = (use: string) => ({ 'special-use': use, uidvalidity: uidValidity });
  const server = hoodiecrow({
    plugins: PLUGINS,
    credentials: {},
    users: {},
    storage: {
      INBOX: { uidvalidity: uidValidity },
      '': {
        separator: '/',
        folders: { Drafts: special('\\Drafts'), Sent: special('\\Sent'), Trash: special('\\Trash') },
      },
    },
  });
  return {
    attach(stream) {
      let taken: HoodiecrowConnection | undefined;
      server.connectionHandlers = [
        (connection) => {
          connection.state = 'Authenticated';
          connection.secureConnection = true;
          taken = connection;
        },
      ];
      server.createClient(stream);
      return () => {
        // An IDLE under way holds a timer of half an hour, which only its own end clears.
        if (taken !== undefined && taken.inputHandler !== false) taken.inputHandler('DONE');
      };
    },
    append(source, receivedAt) {
      server.appendMessage('INBOX', [], receivedAt, Buffer.from(source).toString('latin1'));
    },
  };
}
