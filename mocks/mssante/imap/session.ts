import type { Socket } from 'node:net';
import { messageOf } from '../../errors.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import { COMMANDS, answerId, capabilitiesOf, type Phase } from './commands/index.ts';
import { takeLogin, type LoginDialogue } from './login-dialogue.ts';
import type { Accounts } from './mailbox/accounts.ts';
import { recordCommand } from './masked.ts';
import { runMailboxCommand, type MailboxDialogue } from './mailbox-dialogue.ts';
import { MailboxSession } from './opened-session.ts';
import { Arguments } from './protocol/arguments.ts';
import { CommandReader, type CommandPiece, type CommandReading } from './protocol/command-reader.ts';
import { SyntaxProblem } from './protocol/problems.ts';
import { ImapRecorder } from './recorder.ts';
import type { Secure, SessionParts } from './session-parts.ts';
import { ImapWire } from './wire.ts';

/** Half an hour, the least that a server must wait (RFC 3501 §5.4). */
const AUTOLOGOUT = 30 * 60_000;
const AUTOLOGOUT_BEFORE_LOGIN = 5 * 60_000;
/** Commands in a row that make no sense, after which nobody reads the answers. */
const MAX_BAD = 20;
const MAX_WAITING = 256 * 1024;
const STRING_LIMIT = { before: 8 * 1024, after: 64 * 1024 };

/** Serves one IMAP connection, from its greeting to its end. Source: RFC 3501; protocols.md §5.2. */
export function serveImapSession(socket: Socket, parts: SessionParts): void {
  new ImapSession(socket, parts).start();
}

class ImapSession {
  readonly #desk: MssanteDesk;
  readonly #accounts: Accounts;
  readonly #secure: Secure | undefined;
  readonly #recorder: ImapRecorder;
  readonly #wire: ImapWire;
  readonly #reader: CommandReader;
  #socket: Socket;
  #phase: Phase;
  #opened: MailboxSession | undefined;
  #busy = false;
  #waiting = 0;
  #badInARow = 0;
  /** What the next line is, when it is not a command: the rest of an AUTHENTICATE, the end of an IDLE. */
  #expectLine: ((line: string) => void | Promise<void>) | undefined;
  readonly #mailboxDialogue: MailboxDialogue;
  readonly #loginDialogue: LoginDialogue;

  constructor(socket: Socket, { desk, accounts, peer, secure, shown }: SessionParts) {
    this.#desk = desk;
    this.#accounts = accounts;
    this.#secure = secure;
    this.#socket = socket;
    this.#phase = secure === undefined ? 'secured' : 'clear';
    this.#recorder = new ImapRecorder(desk, peer, shown);
    this.#wire = new ImapWire(socket, this.#recorder);
    this.#reader = new CommandReader((before) => this.#literalLimit(before));
    this.#mailboxDialogue = {
      wire: this.#wire,
      recorder: this.#recorder,
      ok: (tag, text) => this.#ok(tag, text),
      bad: (tag, message) => this.#bad(tag, message),
      isLost: () => this.#socket.destroyed,
      expectLine: (handle) => {
        this.#expectLine = handle;
      },
    };
    this.#loginDialogue = {
      ...this.#mailboxDialogue,
      desk,
      isClear: () => this.#phase === 'clear',
      tls: () => this.#recorder.tls,
      opened: (tag, mailbox) => this.#open(tag, mailbox),
      cut: () => this.#socket.destroy(),
    };
  }

  start(): void {
    this.#listen(this.#socket);
    this.#wire.reply(`* OK [CAPABILITY ${this.#capabilities()}] MSSante (banc de test)`);
    this.#wire.flush();
  }

  readonly #onBytes = (chunk: Buffer): void => {
    this.#reader.push(chunk);
    this.#waiting += chunk.length;
    // A client may send commands ahead of their answers, but the memory is not its own.
    if (this.#busy && this.#waiting > MAX_WAITING) this.#socket.pause();
    void this.#drain();
  };

  #listen(socket: Socket): void {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', this.#onBytes);
    socket.setTimeout(AUTOLOGOUT_BEFORE_LOGIN, () =>
      this.#bye('Autologout, idle for too long', 'inactive trop longtemps'),
    );
    socket.once('close', () => {
      if (socket !== this.#socket) return;
      this.#opened?.unselect();
      // The command under way tells its own end.
      if (!this.#busy) this.#recorder.end();
    });
  }

  #literalLimit(before: string): number {
    if (this.#phase !== 'opened') return STRING_LIMIT.before;
    return /^\S+ APPEND /iu.test(before) ? this.#desk.maxBytes : STRING_LIMIT.after;
  }

  #capabilities(): string {
    return capabilitiesOf(this.#phase, this.#desk.maxBytes);
  }

  async #drain(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (!this.#socket.destroyed && !this.#socket.writableEnded) {
        const reading = this.#reader.next();
        if (reading.kind === 'incomplete') break;
        if (!(await this.#take(reading))) break;
        this.#wire.flush();
        await this.#wire.drained();
      }
    } catch (error) {
      this.#recorder.tell('session', `erreur du banc, le produit n'est pas en cause : ${messageOf(error)}`);
      this.#socket.destroy();
    } finally {
      this.#busy = false;
      this.#waiting = 0;
      this.#wire.flush();
      if (this.#socket.isPaused()) this.#socket.resume();
      if (this.#socket.destroyed) this.#recorder.end();
    }
  }

  /** @returns false when nothing more is to be read for now */
  async #take(reading: Exclude<CommandReading, { kind: 'incomplete' }>): Promise<boolean> {
    switch (reading.kind) {
      case 'too-long':
        this.#bye(reading.what === 'line' ? 'Line too long' : 'Literal too long', 'commande trop longue');
        return false;
      case 'literal':
        if (this.#reader.fits(reading)) {
          this.#reader.grant();
          this.#wire.reply('+ Ready for literal data');
        } else {
          this.#reader.refuse();
          this.#refuseLiteral(reading.before);
        }
        return true;
      case 'command':
        if (this.#expectLine === undefined) await this.#command(reading.pieces);
        else {
          const handle = this.#expectLine;
          this.#expectLine = undefined;
          await handle(reading.pieces.length === 1 ? (reading.pieces[0]?.text ?? '') : '');
        }
        return true;
    }
  }

  #refuseLiteral(before: string): void {
    const [tag = '*', name = ''] = before.split(' ');
    this.#recorder.received(`${tag} ${name} ***\r\n`);
    const text = 'The literal is larger than this server takes';
    if (name.toUpperCase() === 'APPEND') {
      this.#wire.reply(`${tag} NO [TOOBIG] ${text}`);
      this.#recorder.tell('append', `APPEND : NO, plus de ${this.#desk.maxBytes} octets`);
    } else this.#bad(tag, text);
  }

  async #command(pieces: readonly CommandPiece[]): Promise<void> {
    recordCommand(this.#recorder, pieces, this.#phase === 'opened');
    const args = new Arguments(pieces);
    let tag = '*';
    let name = '';
    try {
      tag = args.tag();
      args.space();
      name = args.atom().toUpperCase();
      this.#recorder.command(name);
      await this.#answer(tag, name, args);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      this.#bad(tag, error.message);
      if (COMMANDS[name]?.told === true) this.#recorder.tell(name.toLowerCase(), `${name} : BAD, ${error.message}`);
    }
  }

  #bad(tag: string, message: string): void {
    this.#wire.reply(`${tag} BAD ${message}`);
    this.#badInARow += 1;
    if (this.#badInARow >= MAX_BAD)
      this.#bye('Too many commands that make no sense', 'trop de commandes incompréhensibles');
  }

  async #answer(tag: string, name: string, args: Arguments): Promise<void> {
    switch (name) {
      case 'CAPABILITY':
        args.end();
        this.#wire.reply(`* CAPABILITY ${this.#capabilities()}`);
        return this.#ok(tag, 'CAPABILITY completed');
      case 'ID':
        this.#wire.reply(answerId(args));
        return this.#ok(tag, 'ID completed');
      case 'LOGOUT':
        args.end();
        this.#wire.reply('* BYE Logging out');
        this.#wire.reply(`${tag} OK LOGOUT completed`);
        this.#recorder.tell(
          'logout',
          this.#opened === undefined ? 'session fermée sans ouvrir de boîte' : 'LOGOUT : OK',
        );
        return this.#end();
      case 'STARTTLS':
        args.end();
        return this.#startTls(tag);
      case 'LOGIN':
      case 'AUTHENTICATE':
        if (this.#opened !== undefined) throw new SyntaxProblem('Logged in already');
        return takeLogin(this.#loginDialogue, tag, name, args);
      default:
        if (this.#opened !== undefined) return runMailboxCommand(this.#opened, this.#mailboxDialogue, tag, name, args);
        if (name === 'NOOP') return this.#ok(tag, 'NOOP completed');
        throw new SyntaxProblem(
          COMMANDS[name] === undefined && name !== 'UID' ? `Unknown command ${name}` : 'Log in first',
        );
    }
  }

  #ok(tag: string, text: string): void {
    this.#badInARow = 0;
    this.#wire.reply(`${tag} OK ${text}`);
  }

  // Login

  #startTls(tag: string): void {
    if (this.#phase !== 'clear' || this.#secure === undefined) throw new SyntaxProblem('TLS is active already');
    const raw = this.#socket;
    this.#wire.reply(`${tag} OK Begin TLS negotiation now`);
    this.#wire.flush();
    // Whatever came in clear behind STARTTLS must not be run inside the TLS session (RFC 3501 §6.2.1).
    this.#reader.drop();
    raw.removeListener('data', this.#onBytes);
    raw.setTimeout(0);
    this.#recorder.tell('starttls', 'négociation TLS demandée');
    this.#secure(raw, (secured, peer, shown) => {
      this.#recorder.secured(peer, shown);
      this.#phase = 'secured';
      this.#wire.moveTo(secured);
      this.#listen(secured);
    });
  }

  #open(tag: string, mailbox: MailboxEntry): void {
    if (this.#socket.destroyed) return;
    this.#phase = 'opened';
    this.#recorder.opened(mailbox);
    this.#opened = new MailboxSession({
      desk: this.#desk,
      mailbox,
      account: this.#accounts.of(mailbox),
      wire: this.#wire,
      onGone: (reason) => this.#bye(reason, 'le dossier ouvert a disparu ou changé'),
    });
    this.#socket.setTimeout(AUTOLOGOUT);
    this.#ok(tag, `[CAPABILITY ${this.#capabilities()}] Logged in`);
    this.#recorder.tell('login', `boîte ${mailbox.address} ouverte`);
  }

  // End

  #bye(reason: string, why: string): void {
    if (this.#socket.writableEnded || this.#socket.destroyed) return;
    this.#wire.reply(`* BYE ${reason}`);
    this.#recorder.tell('session', `session fermée par le serveur : ${why}`);
    this.#end();
  }

  #end(): void {
    const socket = this.#socket;
    this.#opened?.unselect();
    this.#wire.flush();
    socket.removeListener('data', this.#onBytes);
    // A client that does not close its own end is not waited for.
    socket.once('finish', () => socket.destroySoon());
    socket.resume();
    socket.end();
  }
}
