import type { Buffer } from 'node:buffer';

import { isQName } from './lexical.ts';

/** Names of a document as strings, each judged and made once: a worksheet has few and repeats them by the million. */
export class Names {
  readonly #bytes: Buffer;
  /** Names of up to four bytes, by their bytes as one number. */
  readonly #short = new Map<number, string>();
  readonly #long = new Set<string>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @returns undefined when these bytes are no name */
  read(from: number, to: number): string | undefined {
    if (to - from > 4) return this.#judge(this.#bytes.toString('utf8', from, to));
    let key = 0;
    for (let at = from; at < to; at += 1) key = key * 256 + (this.#bytes[at] ?? 0);
    const known = this.#short.get(key);
    if (known !== undefined) return known;
    const name = this.#judge(this.#bytes.toString('utf8', from, to));
    if (name !== undefined && this.#short.size < MAX_KEPT) this.#short.set(key, name);
    return name;
  }

  #judge(name: string): string | undefined {
    if (this.#long.has(name)) return name;
    if (!isQName(name)) return undefined;
    // A hostile document does not fill the memory with its names.
    if (this.#long.size < MAX_KEPT && name.length < 100) this.#long.add(name);
    return name;
  }
}

const MAX_KEPT = 1000;
