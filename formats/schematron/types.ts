/** Files of a pack: nothing outside of it can be named. Paths are relative to its root, with `/`. */
export interface PackFiles {
  /**
   * The file as it is named on disk, found whatever the case of its letters; undefined when there is none, or when the
   * path leaves the pack.
   */
  readonly find: (path: string) => string | undefined;
  /** Bytes of a file given by `find`. */
  readonly read: (path: string) => Uint8Array;
}

export interface Let {
  readonly kind: 'let';
  readonly name: string;
  readonly value: string;
}

export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  /** An XPath whose items are joined by spaces. */
  | { readonly kind: 'value'; readonly select: string }
  /** Name of a node; of the context node when no path is given. */
  | { readonly kind: 'name'; readonly path: string };

export interface Assertion {
  readonly kind: 'assert' | 'report';
  readonly test: string;
  readonly message: readonly MessagePart[];
  readonly id?: string;
  readonly role?: string;
  readonly see?: string;
  /** File of the pack that holds it. */
  readonly file: string;
}

export interface Rule {
  readonly context: string;
  readonly id?: string;
  /** In their order: a variable is known to what follows it. */
  readonly steps: readonly (Let | Assertion)[];
  readonly file: string;
}

export interface Pattern {
  readonly id: string;
  readonly rules: readonly Rule[];
}

/** A schema with its includes, abstract patterns and abstract rules resolved, and its default phase chosen. */
export interface Schema {
  /** Path in the pack. */
  readonly file: string;
  readonly title: string;
  readonly namespaces: ReadonlyMap<string, string>;
  /** Of the schema and of its patterns: the reference implementation makes both global. */
  readonly lets: readonly Let[];
  readonly patterns: readonly Pattern[];
  /** What is wrong in the sources, and could still be read around. */
  readonly problems: readonly SchemaProblem[];
}

export interface SchemaProblem {
  readonly code:
    | 'include-case'
    | 'include-missing'
    | 'not-xml'
    | 'abstract-missing'
    | 'loop'
    | 'pattern-missing'
    | 'let-twice'
    | 'document-missing';
  readonly file: string;
  /** French sentence. */
  readonly message: string;
}
