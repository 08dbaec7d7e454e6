import type { Attribution, Peer, SmtpExchange, TlsPeer } from '#formats/exchange/index.ts';
import type { DsnRequest } from '../answers/dsn-request.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';

/** What is known of one SMTP connection, and the exchanges it leaves in the journal. */
export class SmtpSessionRecord {
  readonly #desk: MssanteDesk;
  readonly #peer: Peer;
  readonly #startedAt: Date;
  readonly #startedTick = performance.now();
  readonly #transcript: string[] = [];
  #refusals: string[] = [];
  #reported = false;
  #lastReply = '';
  /** Whether the reply to the current command is told elsewhere. */
  #explained = false;
  tls: TlsPeer | undefined;
  mailbox: MailboxEntry | undefined;
  /** Envelope under way; kept here because a refusal must be journaled with what it refused. */
  envelope: { from: string; to: string[] } = { from: '', to: [] };
  /** What was asked of delivery reports, by lower-case recipient. */
  readonly dsn = new Map<string, DsnRequest>();

  constructor(desk: MssanteDesk, peer: Peer) {
    this.#desk = desk;
    this.#peer = peer;
    this.#startedAt = desk.context.now();
  }

  /** @param line already without secrets */
  command(line: string): void {
    this.#transcript.push(line);
    this.#explained = false;
  }
  /** A refusal that the library decides by itself (no STARTTLS yet, SIZE too large…) is told by its own words. */
  reply(line: string): void {
    this.#lastReply = line;
    if (/^[45]/u.test(line) && !this.#explained) this.refuse(`refusé : ${line}`);
  }
  /** Keeps a French reason until the next exchange of the session. */
  refuse(why: string): void {
    this.#explained = true;
    this.#refusals.push(why);
    this.#reported = false;
  }

  get askedTls(): boolean {
    return this.#transcript.some((line) => /^STARTTLS\b/iu.test(line));
  }

  /** One transaction that reached DATA. @returns the id of the exchange */
  submission(parts: {
    readonly source: Uint8Array;
    readonly reply: string;
    readonly outcome: string;
    readonly attribution: Attribution;
  }): string {
    const outcome = [...this.#refusals, parts.outcome].join(' ; ');
    return this.#record('submission', parts.source, parts.reply, outcome, parts.attribution);
  }

  /** At the end of the connection: what was refused and never became a transaction, or a session without any mail. */
  end(): void {
    if (this.#reported || this.#transcript.length === 0) return;
    const outcome = this.#refusals.length === 0 ? 'session sans message' : this.#refusals.join(' ; ');
    const mailboxes = [this.mailbox?.address ?? this.envelope.from, ...this.envelope.to].filter((one) => one !== '');
    const professional = this.mailbox?.professional;
    this.#record('session', new Uint8Array(), this.#lastReply, outcome, {
      ...(mailboxes.length === 0 ? {} : { mailboxes }),
      ...(professional === undefined ? {} : { professional }),
    });
  }

  /** A handshake that did not become a session. */
  tlsRefused(outcome: string, error: string): void {
    this.#reported = true;
    this.#desk.context.journal.record({
      ...this.#base('tls', outcome, {}),
      protocol: 'tls',
      expected: false,
      error,
    });
  }

  #record(operation: string, source: Uint8Array, reply: string, outcome: string, attribution: Attribution): string {
    this.#reported = true;
    this.#explained = true;
    this.#refusals = [];
    const exchange: SmtpExchange = {
      ...this.#base(operation, outcome, attribution),
      protocol: 'smtp',
      envelope: { from: this.envelope.from, to: [...this.envelope.to] },
      source,
      transcript: [...this.#transcript],
      reply,
    };
    this.#desk.context.journal.record(exchange);
    return exchange.id;
  }

  #base(operation: string, outcome: string, attribution: Attribution) {
    return {
      id: this.#desk.context.uuid(),
      service: 'mssante' as const,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Math.round(performance.now() - this.#startedTick),
      peer: this.tls === undefined ? this.#peer : { ...this.#peer, tls: this.tls },
      operation,
      attribution,
      expected: true,
      outcome,
    };
  }
}
