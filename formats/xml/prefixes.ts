import type { AttributeList } from './attributes.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';

/** Namespace prefixes that are declared where the scan stands. */
export class Prefixes {
  readonly #inScope = new Map<string, number>([['xml', 1]]);
  readonly #declared: { readonly depth: number; readonly prefix: string }[] = [];

  /**
   * Takes the declarations of an element into account, then judges the prefixes of its name and of its attributes.
   *
   * @returns what is wrong, in French; undefined when nothing is
   */
  enter(name: string, attributes: AttributeList, depth: number): string | undefined {
    if (attributes.namespaced) {
      for (const [at, one] of attributes.names().entries()) {
        if (!one.startsWith('xmlns:')) continue;
        const prefix = one.slice(6);
        const value = attributes.valueAt(at);
        if (value === '' || prefix === 'xmlns' || (prefix === 'xml') !== (value === XML)) {
          return `le préfixe ${prefix.slice(0, 80)} est mal déclaré`;
        }
        this.#inScope.set(prefix, (this.#inScope.get(prefix) ?? 0) + 1);
        this.#declared.push({ depth, prefix });
      }
    }
    if (!this.#isDeclared(name)) return undeclared(name);
    const unknown = attributes.namespaced ? attributes.names().find((one) => !this.#isDeclared(one)) : undefined;
    return unknown === undefined ? undefined : undeclared(unknown);
  }

  leave(depth: number): void {
    for (let last = this.#declared.at(-1); last?.depth === depth; last = this.#declared.at(-1)) {
      this.#declared.pop();
      this.#inScope.set(last.prefix, (this.#inScope.get(last.prefix) ?? 1) - 1);
    }
  }

  #isDeclared(name: string): boolean {
    const colon = name.indexOf(':');
    if (colon === -1) return true;
    const prefix = name.slice(0, colon);
    return prefix === 'xmlns' || (this.#inScope.get(prefix) ?? 0) > 0;
  }
}

const undeclared = (name: string): string =>
  `le préfixe ${name.slice(0, Math.min(80, name.indexOf(':')))} n'est pas déclaré`;
