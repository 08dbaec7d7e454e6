/** Who changes the book, and when: what the audit keeps. */
export interface Author {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Command or person, e.g. `jalon orders import`. */
  readonly by: string;
}

/** Rows of one INSERT: SQLite takes 32 766 values in a statement. */
const CHUNK = 500;

/** Lists short enough for one statement each. */
export function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += CHUNK) yield all.slice(at, at + CHUNK);
}
