import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { readPeer } from '../../network/index.ts';
import type { Peer } from '#formats/exchange/index.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import type { MailboxServer } from './mailbox-server.ts';
import { loginByPassword, loginByPlain, loginByToken, type LoginReading } from './login.ts';
import { cutCommand, parseCommand, type ImapCommand } from './read-command.ts';
import { ImapRecorder } from './recorder.ts';

export interface SessionParts {
  readonly desk: MssanteDesk;
  /** Secures a raw connection; the callback is not called when the certificate is refused. */
  readonly secure: (raw: Socket, ready: (socket: Socket, peer: Peer) => void) => void;
  readonly serverOf: (mailbox: MailboxEntry) => MailboxServer;
}

/** Commands served before login, by phase. */
type Phase = 'clear' | 'secured' | 'opened';

/**
 * One IMAP connection until login: greeting, STARTTLS (login is disabled before it), LOGIN, AUTHENTICATE PLAIN and
 * XOAUTH2; then the decrypted bytes go to the mailbox, journaled on their way.
 * Source: RFC 3501 §6.1–6.2; protocols.md §5.2.
 */
export function serveImapSession(raw: Socket, parts: SessionParts): void {
  const { desk } = parts;
  const recorder = new ImapRecorder(desk, readPeer(raw));
  let socket: Socket = raw;
  let phase: Phase = 'clear';
  let received = '';
  let granted = 0;
  let busy = false;
  /** What the next line is, when it is not a command: the rest of an AUTHENTICATE. */
  let expectLine: ((line: string) => Promise<void>) | undefined;

  raw.on('error', () => raw.destroy());
  listen(raw);
  send('* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] MSSante (banc de test)');

  function listen(from: Socket): void {
    socket = from;
    from.on('data', onBytes);
    from.once('close', () => {
      if (phase !== 'opened') recorder.end();
    });
  }

  function send(line: string): void {
    const bytes = Buffer.from(`${line}\r\n`, 'latin1');
    recorder.sent(bytes);
    if (!socket.destroyed) socket.write(bytes);
  }

  function onBytes(chunk: Buffer): void {
    received += chunk.toString('latin1');
    void drain();
  }

  const beforeLogin = (): boolean => phase !== 'opened' && !socket.destroyed;

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      while (beforeLogin()) {
        const reading = cutCommand(received, granted);
        if (reading.kind === 'incomplete') return;
        if (reading.kind === 'too-long') {
          send('* BYE Line too long');
          socket.destroy();
          return;
        }
        if (reading.kind === 'literal') {
          granted = reading.until;
          send('+ Ready for literal data');
          continue;
        }
        received = reading.rest;
        granted = 0;
        await take(reading.line);
      }
    } finally {
      busy = false;
    }
  }

  async function take(line: string): Promise<void> {
    if (expectLine !== undefined) {
      const handle = expectLine;
      expectLine = undefined;
      recorder.received(Buffer.from('***\r\n'));
      await handle(line);
      return;
    }
    const command = parseCommand(line);
    if (command === undefined) {
      recorder.received(Buffer.from(`${line}\r\n`, 'latin1'));
      send('* BAD Syntax error');
      return;
    }
    recorder.received(Buffer.from(`${masked(line, command)}\r\n`, 'latin1'));
    await answer(command);
  }

  async function answer(command: ImapCommand): Promise<void> {
    const { tag, name, words } = command;
    const secured = phase === 'secured';
    switch (name) {
      case 'CAPABILITY':
        send(
          secured
            ? '* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 ID'
            : '* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED',
        );
        return send(`${tag} OK Completed`);
      case 'NOOP':
        return send(`${tag} OK Completed`);
      case 'ID':
        send('* ID NIL');
        return send(`${tag} OK Completed`);
      case 'LOGOUT':
        send('* BYE Logging out');
        send(`${tag} OK Completed`);
        recorder.tell('logout', 'session fermée sans ouvrir de boîte');
        socket.end();
        return;
      case 'STARTTLS':
        return secured ? send(`${tag} BAD TLS already active`) : startTls(tag);
      case 'LOGIN':
        if (!secured) return refuseClear(tag);
        if (words.length !== 2) return send(`${tag} BAD LOGIN takes a user name and a password`);
        return finish(tag, await loginByPassword(desk, words[0] ?? '', words[1] ?? ''));
      case 'AUTHENTICATE':
        return secured ? authenticate(tag, (words[0] ?? '').toUpperCase(), words[1]) : refuseClear(tag);
      default:
        return send(`${tag} BAD Log in first`);
    }
  }

  function refuseClear(tag: string): void {
    send(`${tag} NO [PRIVACYREQUIRED] Use STARTTLS first`);
    recorder.tell('login', 'refusé : identification demandée avant STARTTLS');
  }

  function startTls(tag: string): void {
    send(`${tag} OK Begin TLS negotiation now`);
    // Whatever came in clear behind STARTTLS must not be run inside the TLS session (RFC 3501 §6.2.1).
    received = '';
    raw.removeListener('data', onBytes);
    recorder.tell('starttls', 'négociation TLS demandée');
    parts.secure(raw, (secured, peer) => {
      recorder.secured(peer);
      phase = 'secured';
      secured.on('error', () => secured.destroy());
      listen(secured);
    });
  }

  async function authenticate(tag: string, mechanism: string, initial: string | undefined): Promise<void> {
    const run =
      mechanism === 'PLAIN'
        ? (response: string) => loginByPlain(desk, response)
        : mechanism === 'XOAUTH2'
          ? (response: string) => loginByToken(desk, response)
          : undefined;
    if (run === undefined) return send(`${tag} NO Unsupported authentication mechanism`);
    if (initial !== undefined) return finish(tag, await run(initial));
    send('+ ');
    expectLine = async (line) =>
      line === '*' ? send(`${tag} BAD Authentication aborted`) : finish(tag, await run(line));
  }

  function finish(tag: string, reading: LoginReading): void {
    if (reading.ok) return open(tag, reading.mailbox);
    if ('cut' in reading) {
      recorder.tell('login', reading.why);
      socket.destroy();
      return;
    }
    const refuse = (): void => {
      send(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`);
      recorder.tell('login', `refusé : ${reading.why}`);
    };
    if (reading.challenge === undefined) return refuse();
    send(`+ ${reading.challenge}`);
    expectLine = async () => refuse();
  }

  function open(tag: string, mailbox: MailboxEntry): void {
    phase = 'opened';
    recorder.opened(mailbox);
    send(`${tag} OK Logged in`);
    recorder.tell('login', `boîte ${mailbox.address} ouverte`);
    const opened = socket;
    opened.removeListener('data', onBytes);
    const bridge = bridgeTo(opened, recorder);
    const detach = parts.serverOf(mailbox).attach(bridge);
    opened.on('data', (chunk: Buffer) => {
      recorder.receivedAfterLogin(chunk);
      bridge.push(chunk);
    });
    opened.once('close', () => {
      detach();
      bridge.destroy();
      recorder.end();
    });
    if (received !== '') opened.emit('data', Buffer.from(received, 'latin1'));
    received = '';
  }
}

/** Password and tokens are replaced; the user name stays. */
function masked(line: string, command: ImapCommand): string {
  if (command.name === 'LOGIN') return `${command.tag} LOGIN ${command.words[0] ?? ''} ***`;
  if (command.name === 'AUTHENTICATE' && command.words.length > 1) {
    return `${command.tag} AUTHENTICATE ${command.words[0] ?? ''} ***`;
  }
  return line;
}

const SERVER_ERROR = /^\S+ NO Server error:/u;

/** Stream the mailbox server talks to; its greeting, out of place after a login, is dropped. */
function bridgeTo(socket: Socket, recorder: ImapRecorder): Duplex {
  let greeted = false;
  return new Duplex({
    read: () => undefined,
    write(chunk: Buffer | string, _encoding, done) {
      if (!greeted) {
        greeted = true;
        return done();
      }
      const bytes = Buffer.from(chunk);
      recorder.sent(bytes);
      if (socket.destroyed) return done();
      if (SERVER_ERROR.test(bytes.subarray(0, 200).toString('latin1'))) {
        // After an error of its own, the library takes no further command: better a closed session than a hung one.
        recorder.tell('session', "erreur du banc, le produit n'est pas en cause : commande IMAP non traitée");
        socket.end(bytes);
        return done();
      }
      socket.write(bytes, () => done());
    },
    final(done) {
      socket.end();
      done();
    },
  });
}
