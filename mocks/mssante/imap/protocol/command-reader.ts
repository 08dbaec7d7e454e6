/** A line of a command up to its literal, or to its end. */
export interface CommandPiece {
  /** One character per byte, without the line end and without the `{n}` of the literal. */
  readonly text: string;
  readonly literal?: Buffer;
}

export type CommandReading =
  | { readonly kind: 'command'; readonly pieces: readonly CommandPiece[] }
  /** The client announced a literal and waits for leave: `grant()` it, or `refuse()` it. */
  | { readonly kind: 'literal'; readonly size: number; readonly before: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'too-long'; readonly what: 'line' | 'literal' };

interface OpenLiteral {
  readonly text: string;
  readonly size: number;
  left: number;
  granted: boolean;
  readonly chunks: Buffer[];
}

const LF = 0x0a;
/** Longest command without its literals: an XOAUTH2 token of several kilobytes fits, and a long set of UIDs. */
const MAX_TEXT = 64 * 1024;
const MAX_LITERALS = 100;

/**
 * Cuts what a client sends into commands (RFC 3501 §2.2, §4.3; RFC 7888 for `{n+}`): whatever the pieces in which the
 * bytes come, the commands are the same. A line may end in LF alone, as servers take it.
 */
export class CommandReader {
  /** @returns how large a literal may be, given the command so far */
  readonly #limit: (before: string) => number;
  #buffer: Buffer = Buffer.alloc(0);
  #pieces: CommandPiece[] = [];
  #textLength = 0;
  #open: OpenLiteral | undefined;

  constructor(limit: (before: string) => number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
  }

  /** The next thing to do; to be called until it says `incomplete`. */
  next(): CommandReading {
    for (;;) {
      const open = this.#open;
      if (open !== undefined) {
        if (!open.granted) return { kind: 'literal', size: open.size, before: this.#before(open.text) };
        this.#fill(open);
        if (open.left > 0) return { kind: 'incomplete' };
        this.#pieces.push({ text: open.text, literal: Buffer.concat(open.chunks) });
        this.#open = undefined;
      }
      const end = this.#buffer.indexOf(LF);
      const length = end < 0 ? this.#buffer.length : end;
      if (this.#textLength + length > MAX_TEXT) return { kind: 'too-long', what: 'line' };
      if (end < 0) return { kind: 'incomplete' };
      const line = this.#buffer.toString('latin1', 0, end).replace(/\r$/u, '');
      this.#buffer = this.#buffer.subarray(end + 1);
      this.#textLength += line.length;
      const announced = /\{(\d{1,10})(\+?)\}$/u.exec(line);
      if (announced === null) {
        const pieces = [...this.#pieces, { text: line }];
        this.#restart();
        return { kind: 'command', pieces };
      }
      const text = line.slice(0, announced.index);
      const size = Number(announced[1]);
      const granted = announced[2] === '+';
      const tooMany = this.#pieces.length >= MAX_LITERALS;
      // Nobody can stop a client from sending what it does not ask leave for: only the connection can end.
      if (tooMany || (granted && size > this.#limit(this.#before(text)))) return { kind: 'too-long', what: 'literal' };
      this.#open = { text, size, left: size, granted, chunks: [] };
    }
  }

  /** Whether a literal that waits for leave is within the limit. */
  fits(reading: { readonly size: number; readonly before: string }): boolean {
    return reading.size <= this.#limit(reading.before);
  }

  /** Lets the client send its literal. */
  grant(): void {
    if (this.#open !== undefined) this.#open.granted = true;
  }

  /** Gives up the command under way: the client will not send the literal. */
  refuse(): void {
    this.#restart();
  }

  /** Throws away what was received and not read yet (STARTTLS). */
  drop(): void {
    this.#buffer = Buffer.alloc(0);
    this.#restart();
  }

  #fill(open: OpenLiteral): void {
    if (open.left === 0 || this.#buffer.length === 0) return;
    const taken = this.#buffer.subarray(0, open.left);
    open.chunks.push(taken);
    open.left -= taken.length;
    this.#buffer = this.#buffer.subarray(taken.length);
  }

  #before(text: string): string {
    return (this.#pieces[0]?.text ?? text).slice(0, 200);
  }

  #restart(): void {
    this.#pieces = [];
    this.#textLength = 0;
    this.#open = undefined;
  }
}
