import type { Attribution, Peer, StreamExchange } from '#formats/exchange/index.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';

/** Commands whose end is worth an exchange of its own; what lies between two of them goes with the next. */
const TOLD = new Set([
  'LOGIN',
  'AUTHENTICATE',
  'SELECT',
  'EXAMINE',
  'SEARCH',
  'FETCH',
  'STORE',
  'APPEND',
  'COPY',
  'MOVE',
  'EXPUNGE',
  'LOGOUT',
]);

/** More than this of one direction between two exchanges is not kept. */
const MAX_KEPT = 32 * 1024 * 1024;

/**
 * Cuts an IMAP session into exchanges, one per command that matters, with the bytes both ways. Secrets never get here:
 * before login, the session gives the command lines itself, masked.
 */
export class ImapRecorder {
  readonly #desk: MssanteDesk;
  #peer: Peer;
  #mailbox: MailboxEntry | undefined;
  #startedAt: Date | undefined;
  #startedTick = 0;
  #received: Buffer[] = [];
  #sent: Buffer[] = [];
  #kept = 0;
  #fetched = 0;
  #line = '';
  #literalLeft = 0;
  readonly #pending = new Map<string, string>();

  constructor(desk: MssanteDesk, peer: Peer) {
    this.#desk = desk;
    this.#peer = peer;
  }

  secured(peer: Peer): void {
    this.#peer = peer;
  }
  opened(mailbox: MailboxEntry): void {
    this.#mailbox = mailbox;
  }

  /** Bytes of the client, secrets already replaced. */
  received(chunk: Buffer): void {
    this.#keep(this.#received, chunk);
  }

  /** Bytes of the client after login: kept, and read for the commands they hold. */
  receivedAfterLogin(chunk: Buffer): void {
    this.received(chunk);
    let text = chunk.toString('latin1');
    while (text !== '') {
      if (this.#literalLeft > 0) {
        const eaten = Math.min(this.#literalLeft, text.length);
        this.#literalLeft -= eaten;
        text = text.slice(eaten);
        continue;
      }
      const end = text.indexOf('\n');
      this.#line = `${this.#line}${end < 0 ? text : text.slice(0, end)}`.slice(0, 4096);
      if (end < 0) return;
      text = text.slice(end + 1);
      const line = this.#line.replace(/\r$/u, '');
      this.#line = '';
      this.#literalLeft = Number(/\{(\d{1,9})\+?\}$/u.exec(line)?.[1] ?? 0);
      const command = /^(\S+) (?:UID )?(\w+)/iu.exec(line);
      if (command !== null) this.#pending.set(command[1] ?? '', (command[2] ?? '').toUpperCase());
    }
  }

  sent(chunk: Buffer): void {
    this.#keep(this.#sent, chunk);
    const head = chunk.subarray(0, 80).toString('latin1');
    if (/^\* \d+ FETCH/u.test(head)) this.#fetched += 1;
    const completion = /^(\S+) (OK|NO|BAD)\b/u.exec(head);
    const command = completion === null ? undefined : this.#pending.get(completion[1] ?? '');
    if (completion === null || command === undefined) return;
    this.#pending.delete(completion[1] ?? '');
    if (!TOLD.has(command)) return;
    const count = command === 'FETCH' ? `, ${this.#fetched} réponse(s)` : '';
    this.tell(command.toLowerCase(), `${command} : ${completion[2]}${count}`);
  }

  /** Puts what was seen since the last exchange in the journal. */
  tell(operation: string, outcome: string): void {
    const { context } = this.#desk;
    const exchange: StreamExchange = {
      id: context.uuid(),
      service: 'mssante',
      protocol: 'imap',
      startedAt: (this.#startedAt ?? context.now()).toISOString(),
      durationMs: this.#startedAt === undefined ? 0 : Math.round(performance.now() - this.#startedTick),
      peer: this.#peer,
      operation,
      attribution: this.#attribution(),
      expected: true,
      outcome: this.#kept > MAX_KEPT ? `${outcome} (octets au-delà de 32 Mo non conservés)` : outcome,
      received: new Uint8Array(Buffer.concat(this.#received)),
      sent: new Uint8Array(Buffer.concat(this.#sent)),
    };
    this.#received = [];
    this.#sent = [];
    this.#kept = 0;
    this.#fetched = 0;
    this.#startedAt = undefined;
    context.journal.record(exchange);
  }

  /** End of the connection: what the client sent and that no exchange told. */
  end(): void {
    if (this.#received.length > 0) this.tell('session', 'connexion fermée');
  }

  #attribution(): Attribution {
    const owner = this.#mailbox;
    if (owner === undefined) return {};
    return {
      mailboxes: [owner.address],
      ...(owner.professional === undefined ? {} : { professional: owner.professional }),
      ...(owner.patient === undefined ? {} : { patient: owner.patient }),
      ...(owner.ins === undefined ? {} : { ins: owner.ins }),
    };
  }

  #keep(where: Buffer[], chunk: Buffer): void {
    if (this.#startedAt === undefined) {
      this.#startedAt = this.#desk.context.now();
      this.#startedTick = performance.now();
    }
    this.#kept += chunk.length;
    if (this.#kept <= MAX_KEPT) where.push(Buffer.from(chunk));
  }
}
