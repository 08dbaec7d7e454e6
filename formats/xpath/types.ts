import type { Namespaces } from './steps.ts';
import type { Document, Item, Items, Node } from './values.ts';

/** Where an expression is evaluated. Reused from one node to the next: never kept. */
export interface Focus {
  item: Item | undefined;
  position: number;
  size: number;
  /** By slot: items, or a variable that is evaluated when it is first read. */
  variables: Variables;
}

export type Variables = (Items | Delayed)[];

/** A variable that is not evaluated yet. */
export interface Delayed {
  readonly delayed: true;
  force(): Items;
}

/** An expression ready to be evaluated. */
export interface Compiled {
  readonly items: (focus: Focus) => Items;
  /** Effective boolean value. */
  readonly test: (focus: Focus) => boolean;
  /**
   * Visits nodes until `visit` answers true; nodes may come twice, and in any order. Present when every item is a node.
   * @returns whether `visit` answered true
   */
  readonly each?: (focus: Focus, visit: (node: Node) => boolean) => boolean;
  /** Neither the focus nor a variable changes its value. */
  readonly constant: boolean;
  /** Reads the context item, its position or the size. */
  readonly usesFocus: boolean;
  /** Reads the position or the size of this very focus. */
  readonly readsPosition: boolean;
  /** May be a number: as a predicate, it is then a position. */
  readonly maybeNumber: boolean;
}

/** Documents that an expression may name. */
export interface Documents {
  /** @throws {XPathError} FODC0002 when there is none */
  readonly open: (reference: string) => Document;
  readonly exists: (reference: string) => boolean;
  /** Whether an element of this name holds these characters, told without a tree; undefined when it cannot be told so. */
  readonly holdsText?: (
    reference: string,
    name: { readonly namespace: string | null; readonly local: string },
    text: string,
  ) => boolean | undefined;
}

/** What is known when an expression is compiled. */
export interface Static {
  readonly namespaces: Namespaces;
  readonly documents: Documents;
  readonly scope: Scope;
}

/** Slots of the variables in sight. */
export interface Scope {
  /** Undefined when there is no such variable. */
  readonly find: (name: string) => { readonly slot: number; readonly constant?: Compiled } | undefined;
  /** The same, with one more variable. @param constant its value, when nothing changes it */
  readonly with: (name: string, constant?: Compiled) => { readonly scope: Scope; readonly slot: number };
  /** Names and slots, for the other engine. */
  readonly all: () => Iterable<
    readonly [name: string, variable: { readonly slot: number; readonly constant?: Compiled }]
  >;
}
