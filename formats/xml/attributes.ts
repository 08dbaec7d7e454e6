import type { Buffer } from 'node:buffer';

import { resolve } from './lexical.ts';
import { sliceOf } from './slice.ts';

/** Attributes of the element being read: only the values that are asked for become strings. */
export class AttributeList {
  count = 0;
  /** Whether one declares a namespace or has a prefix. */
  namespaced = false;
  readonly #bytes: Buffer;
  // Never emptied: what stands from `count` on is of an element before.
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Whether each value is as written. */
  readonly #plain: boolean[] = [];
  readonly #many = new Set<string>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  clear(): void {
    this.count = 0;
    this.namespaced = false;
    if (this.#many.size > 0) this.#many.clear();
  }

  /** @returns false when there is one of that name already */
  add(name: string, start: number, end: number, plain: boolean): boolean {
    if (this.#isTaken(name)) return false;
    this.#names[this.count] = name;
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
    this.#plain[this.count] = plain;
    this.count += 1;
    this.namespaced ||= name.includes(':');
    return true;
  }

  /** Value of the attribute without prefix, or else of the first of that local name; no namespace declaration. */
  value(local: string): string | undefined {
    const plain = this.#indexOf(local);
    if (plain !== -1) return this.valueAt(plain);
    if (!this.namespaced) return undefined;
    const prefixed = this.names().findIndex((name) => name.endsWith(`:${local}`) && !name.startsWith('xmlns:'));
    return prefixed === -1 ? undefined : this.valueAt(prefixed);
  }

  names(): readonly string[] {
    return this.#names.slice(0, this.count);
  }

  valueAt(at: number): string {
    const written = sliceOf(this.#bytes, this.#starts[at] ?? 0, this.#ends[at] ?? 0);
    if (this.#plain[at] === true) return written;
    // White space as written counts as a space (XML 1.0 §3.3.3); by reference it stays what it is.
    const resolved = resolve(written.replace(/\r\n|[\t\n\r]/g, ' '));
    return typeof resolved === 'string' ? resolved : '';
  }

  #indexOf(name: string): number {
    for (let at = 0; at < this.count; at += 1) if (this.#names[at] === name) return at;
    return -1;
  }

  /** A few are compared one by one, many through a set: nobody makes the reader compare a million pairs. */
  #isTaken(name: string): boolean {
    if (this.count < 8) return this.#indexOf(name) !== -1;
    if (this.#many.size === 0) for (const one of this.names()) this.#many.add(one);
    if (this.#many.has(name)) return true;
    this.#many.add(name);
    return false;
  }
}
