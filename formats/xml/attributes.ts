import type { Buffer } from 'node:buffer';

import { resolve } from './lexical.ts';

/** Attributes of the element being read: only the values that are asked for become strings. */
export class AttributeList {
  readonly names: string[] = [];
  /** Whether one declares a namespace or has a prefix. */
  namespaced = false;
  readonly #bytes: Buffer;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Whether each value is as written. */
  readonly #plain: boolean[] = [];
  readonly #many = new Set<string>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  clear(): void {
    this.names.length = 0;
    this.namespaced = false;
    if (this.#many.size > 0) this.#many.clear();
  }

  /** @returns false when there is one of that name already */
  add(name: string, start: number, end: number, plain: boolean): boolean {
    if (this.#isTaken(name)) return false;
    const at = this.names.length;
    this.names.push(name);
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#plain[at] = plain;
    this.namespaced ||= name.includes(':');
    return true;
  }

  /** Value of the attribute without prefix, or else of the first of that local name; no namespace declaration. */
  value(local: string): string | undefined {
    const plain = this.names.indexOf(local);
    if (plain !== -1) return this.valueAt(plain);
    if (!this.namespaced) return undefined;
    const prefixed = this.names.findIndex((name) => name.endsWith(`:${local}`) && !name.startsWith('xmlns:'));
    return prefixed === -1 ? undefined : this.valueAt(prefixed);
  }

  valueAt(at: number): string {
    const written = this.#bytes.toString('utf8', this.#starts[at] ?? 0, this.#ends[at] ?? 0);
    if (this.#plain[at] === true) return written;
    // White space as written counts as a space (XML 1.0 §3.3.3); by reference it stays what it is.
    const resolved = resolve(written.replace(/\r\n|[\t\n\r]/g, ' '));
    return typeof resolved === 'string' ? resolved : '';
  }

  /** A few are compared one by one, many through a set: nobody makes the reader compare a million pairs. */
  #isTaken(name: string): boolean {
    if (this.names.length < 8) return this.names.includes(name);
    if (this.#many.size === 0) for (const one of this.names) this.#many.add(one);
    if (this.#many.has(name)) return true;
    this.#many.add(name);
    return false;
  }
}
