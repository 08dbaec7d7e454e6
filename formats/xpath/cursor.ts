import { Unsupported } from './lexer.ts';
import type { Token } from './lexer.ts';

/** Where the reading of an expression stands among its tokens. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(list: readonly Token[]) {
    this.#tokens = list;
  }

  /** @throws {Unsupported} when something is left */
  end(): void {
    if (this.peek().kind !== 'end') this.fail();
  }

  protected skip(count = 1): void {
    this.#at += count;
  }

  protected peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Unsupported('expression vide');
    return token;
  }

  protected next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  protected take(symbol: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'symbol' || text !== symbol) return false;
    this.skip();
    return true;
  }

  protected takeWord(word: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'name' || text !== word) return false;
    this.skip();
    return true;
  }

  protected need(symbol: string): void {
    if (!this.take(symbol)) this.fail();
  }

  protected word(word: string): void {
    if (!this.takeWord(word)) this.fail();
  }

  protected fail(): never {
    const { text, at } = this.peek();
    throw new Unsupported(`« ${text} » inattendu à la position ${at + 1}`);
  }
}
