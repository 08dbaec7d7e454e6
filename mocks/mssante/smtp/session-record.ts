import type { Attribution, Peer, SmtpExchange, TlsExchange, TlsPeer } from '#formats/exchange/index.ts';
import {
  acceptedOf,
  alertOf,
  failureSentence,
  mustBeRefused,
  reasonOf,
  refusedUnder,
  ShownConnection,
  type ShownSettings,
} from '../../network/index.ts';
import type { DsnRequest } from '../answers/dsn-request.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';

/** What is known of one SMTP connection, and the exchanges it leaves in the journal. */
export class SmtpSessionRecord {
  readonly #desk: MssanteDesk;
  readonly #peer: Peer;
  readonly #settings: ShownSettings | undefined;
  readonly #startedAt: Date;
  readonly #startedTick = performance.now();
  readonly #transcript: string[] = [];
  #refusals: string[] = [];
  #reported = false;
  #lastReply = '';
  /** Whether the reply to the current command is told elsewhere. */
  #explained = false;
  #error: Error | undefined;
  tls: TlsPeer | undefined;
  /** What this connection is shown at its handshake. */
  shown: ShownConnection | undefined;
  mailbox: MailboxEntry | undefined;
  /** Envelope under way; kept here because a refusal must be journaled with what it refused. */
  envelope: { from: string; to: string[] } = { from: '', to: [] };
  /** What was asked of delivery reports, by lower-case recipient. */
  readonly dsn = new Map<string, DsnRequest>();

  constructor(desk: MssanteDesk, peer: Peer, settings?: ShownSettings) {
    this.#desk = desk;
    this.#peer = peer;
    this.#settings = settings;
    if (settings !== undefined) this.shown = new ShownConnection(desk.context.uuid(), settings);
    this.#startedAt = desk.context.now();
  }

  /** The first error of the connection. */
  failed(error: Error): void {
    this.#error ??= error;
  }

  /** @param line already without secrets */
  command(line: string): void {
    if (this.tls !== undefined) this.shown?.command(line);
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
    const played = this.shown?.played;
    if (this.#reported) return;
    if (this.tls === undefined && this.askedTls) return this.#handshakeFailed(played);
    if (played !== undefined && this.tls !== undefined && this.shown?.wentOn === false) {
      const reason = 'connexion fermée après la poignée de main, sans commande';
      return this.tlsRefused(refusedUnder(played, reason), reason, { expected: mustBeRefused(played) });
    }
    if (this.#transcript.length === 0) return;
    const outcome = this.#refusals.length === 0 ? 'session sans message' : this.#refusals.join(' ; ');
    const mailboxes = [this.mailbox?.address ?? this.envelope.from, ...this.envelope.to].filter((one) => one !== '');
    const professional = this.mailbox?.professional;
    this.#record('session', new Uint8Array(), this.#lastReply, outcome, {
      ...(mailboxes.length === 0 ? {} : { mailboxes }),
      ...(professional === undefined ? {} : { professional }),
    });
  }

  /** A handshake that did not become a session. */
  tlsRefused(
    outcome: string,
    error: string,
    { expected = false, alert }: { readonly expected?: boolean; readonly alert?: TlsExchange['alert'] } = {},
  ): void {
    this.#reported = true;
    this.#desk.context.journal.record({
      ...this.#base('tls', outcome, {}),
      protocol: 'tls',
      expected,
      error,
      ...(alert === undefined ? {} : { alert }),
    });
  }

  /** STARTTLS was asked, and the session never became secure: the same words as on any TLS listener. */
  #handshakeFailed(situation: string | undefined): void {
    const error = this.#error ?? new Error('connection closed during the handshake');
    const reason = reasonOf(error);
    const { sentence, played } = failureSentence(error, {
      asked: undefined,
      tls: undefined,
      answered: true,
      situation,
      accepted: acceptedOf(this.#settings ?? {}),
    });
    const alert = alertOf(reason, undefined);
    this.tlsRefused(`${sentence} (après STARTTLS)`, reason, {
      expected: played,
      ...(alert === undefined ? {} : { alert }),
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
      // Before TLS, nothing was shown yet.
      ...(this.shown === undefined || (this.tls === undefined && !this.askedTls)
        ? {}
        : { shown: this.shown.describe() }),
    };
  }
}
