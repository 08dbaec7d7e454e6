import type { Attribution, Peer, StreamExchange } from '#formats/exchange/index.ts';
import type { ShownConnection } from '../../network/index.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';

/** What the handshake of the connection showed. */
export interface Handshake {
  readonly seen: ShownConnection;
  /** To be called when the connection ends without a command inside TLS. */
  readonly unused: () => void;
}

/** More than this of one direction between two exchanges is not kept: mails have their own journal, at submission. */
const MAX_KEPT = 1024 * 1024;
/** Of the bytes of a mail, only the first ones are kept. */
const MAX_LITERAL = 64 * 1024;

/**
 * Puts an IMAP session in the journal, one exchange per command that matters, with the bytes both ways. Secrets never
 * get here: the session gives the lines of a login masked.
 */
export class ImapRecorder {
  readonly #desk: MssanteDesk;
  #peer: Peer;
  #handshake: Handshake | undefined;
  #mailbox: MailboxEntry | undefined;
  #startedAt: Date | undefined;
  #startedTick = 0;
  #received: Buffer[] = [];
  #sent: Buffer[] = [];
  #kept = { received: 0, sent: 0 };
  #cut = false;

  constructor(desk: MssanteDesk, peer: Peer, handshake?: Handshake) {
    this.#desk = desk;
    this.#peer = peer;
    this.#handshake = handshake;
  }

  get tls(): Peer['tls'] {
    return this.#peer.tls;
  }
  secured(peer: Peer, handshake: Handshake): void {
    this.#peer = peer;
    this.#handshake = handshake;
  }
  /** Name of a command, for what the client did behind the handshake. */
  command(name: string): void {
    this.#handshake?.seen.command(name);
  }
  opened(mailbox: MailboxEntry): void {
    this.#mailbox = mailbox;
  }

  /** Text of the client, one character per byte, secrets already replaced. */
  received(text: string): void {
    this.#keep('received', Buffer.from(text, 'latin1'));
  }
  receivedLiteral(literal: Buffer): void {
    this.#keep('received', this.#head(literal, 0));
  }

  sent(text: string): void {
    this.#keep('sent', Buffer.from(text, 'latin1'));
  }
  /** @param already bytes of the same literal sent before these */
  sentLiteral(bytes: Buffer, already: number): void {
    this.#keep('sent', this.#head(bytes, already));
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
      outcome: this.#cut ? `${outcome} (le milieu des plus longs mails n'est pas gardé ici)` : outcome,
      received: new Uint8Array(Buffer.concat(this.#received)),
      sent: new Uint8Array(Buffer.concat(this.#sent)),
      ...(this.#handshake === undefined ? {} : { shown: this.#handshake.seen.describe() }),
    };
    this.#received = [];
    this.#sent = [];
    this.#kept = { received: 0, sent: 0 };
    this.#cut = false;
    this.#startedAt = undefined;
    context.journal.record(exchange);
  }

  /** End of the connection: what the client sent and that no exchange told. */
  end(): void {
    // What was played at the handshake had its effect, or not: an end without a command is told too.
    if (this.#handshake !== undefined && !this.#handshake.seen.wentOn) this.#handshake.unused();
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

  #head(bytes: Buffer, already: number): Buffer {
    const room = Math.max(0, MAX_LITERAL - already);
    if (bytes.length > room) this.#cut = true;
    return bytes.subarray(0, room);
  }

  #keep(where: 'received' | 'sent', bytes: Buffer): void {
    if (this.#startedAt === undefined) {
      this.#startedAt = this.#desk.context.now();
      this.#startedTick = performance.now();
    }
    const room = MAX_KEPT - this.#kept[where];
    if (bytes.length > room) this.#cut = true;
    const kept = bytes.subarray(0, room);
    if (kept.length === 0) return;
    this.#kept[where] += kept.length;
    // A copy: what is kept must not hold the whole block that came from the network.
    (where === 'received' ? this.#received : this.#sent).push(Buffer.from(kept));
  }
}
