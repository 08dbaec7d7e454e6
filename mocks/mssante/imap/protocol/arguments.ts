import type { CommandPiece } from './command-reader.ts';
import { SyntaxProblem } from './problems.ts';

/** Stands for a literal in the text of a command; no byte reads as this character. */
const LITERAL = '\u0100';
const MAX_LIST = 1000;
const MAX_DEPTH = 32;

/**
 * Reads the arguments of a command by the grammar of RFC 3501 §9, from left to right. Each method takes what it names
 * and moves past it.
 * @throws {SyntaxProblem} when something else stands there
 */
export class Arguments {
  readonly #text: string;
  readonly #literals: readonly Buffer[];
  #at = 0;
  #nextLiteral = 0;
  #depth = 0;

  constructor(pieces: readonly CommandPiece[]) {
    this.#text = pieces.map(({ text, literal }) => (literal === undefined ? text : `${text}${LITERAL}`)).join('');
    this.#literals = pieces.flatMap(({ literal }) => literal ?? []);
  }

  /** Takes what a sticky expression finds here; undefined when it does not match. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found === null) return undefined;
    this.#at = expression.lastIndex;
    return found[0];
  }

  /** Takes this text if it is here, without regard to case. */
  accept(text: string): boolean {
    if (this.#text.slice(this.#at, this.#at + text.length).toUpperCase() !== text.toUpperCase()) return false;
    this.#at += text.length;
    return true;
  }

  startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  expect(text: string): void {
    if (!this.accept(text)) throw new SyntaxProblem(`Expected "${text}"${this.#here()}`);
  }

  space(): void {
    if (!this.accept(' ')) throw new SyntaxProblem(`Expected a space${this.#here()}`);
  }

  end(): void {
    if (this.#at < this.#text.length) throw new SyntaxProblem(`Unexpected characters${this.#here()}`);
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  tag(): string {
    return this.#need(/(?:(?![(){%*"\\+])[!-~]){1,64}/y, 'a tag');
  }

  atom(): string {
    return this.#need(/(?:(?![(){%*"\\\]])[!-~])+/y, 'an atom');
  }

  number(): number {
    const digits = this.#need(/\d{1,10}/y, 'a number');
    const value = Number(digits);
    if (value > 0xffff_ffff) throw new SyntaxProblem(`Number out of range: ${digits}`);
    return value;
  }

  /** Quoted string or literal, one character per byte. */
  string(): string {
    return this.#string() ?? this.#fail('a string');
  }

  /** Atom, `]` allowed, quoted string or literal. */
  astring(): string {
    return this.#string() ?? this.match(/(?:(?![(){%*"\\])[!-~])+/y) ?? this.#fail('an atom or a string');
  }

  nstring(): string | undefined {
    return this.match(/NIL(?![^ )])/iy) === undefined ? this.string() : undefined;
  }

  /** Mailbox name with wildcards (LIST). */
  listMailbox(): string {
    return this.#string() ?? this.#need(/(?:(?![(){"\\])[!-~])+/y, 'a mailbox pattern');
  }

  /** The bytes of a literal (APPEND). */
  literal(): Buffer {
    if (!this.startsWith(LITERAL)) return this.#fail('a literal');
    this.#at += 1;
    return this.#takeLiteral();
  }

  /**
   * `(a b c)`; may be empty.
   * @param item reads one
   */
  list<Item>(item: () => Item): Item[] {
    this.expect('(');
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new SyntaxProblem('Too many parentheses');
    const items: Item[] = [];
    while (!this.accept(')')) {
      if (items.length > 0) this.space();
      if (items.length >= MAX_LIST) throw new SyntaxProblem('List too long');
      items.push(item());
    }
    this.#depth -= 1;
    return items;
  }

  #string(): string | undefined {
    const quoted = this.match(/"(?:[\t -!#-[\]-~\u0080-\u00ff]|\\["\\])*"/y);
    if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\(["\\])/gu, '$1');
    if (!this.startsWith(LITERAL)) return undefined;
    this.#at += 1;
    return this.#takeLiteral().toString('latin1');
  }

  #takeLiteral(): Buffer {
    const literal = this.#literals[this.#nextLiteral] ?? Buffer.alloc(0);
    this.#nextLiteral += 1;
    if (literal.includes(0)) throw new SyntaxProblem('NUL is not allowed in a literal');
    return literal;
  }

  #need(expression: RegExp, what: string): string {
    return this.match(expression) ?? this.#fail(what);
  }

  #fail(what: string): never {
    throw new SyntaxProblem(`Expected ${what}${this.#here()}`);
  }

  #here(): string {
    const found = this.#text.slice(this.#at, this.#at + 20).replaceAll(/[^ -~]/gu, '?');
    return found === '' ? ' at the end of the command' : ` before "${found}"`;
  }
}
