/** Calls closer than this are told as one. */
const APART_MS = 20;

/** From and to, in milliseconds since 1970. */
export type Span = readonly [from: number, to: number];

/** Stands for every fault, when the whole list was gone through. */
const ALL = '*';

/**
 * The faults switched on, that remembers when each name was asked about, switched on or not. Where a name was not asked
 * about, the system does the same with that fault as without.
 */
export class WatchedFaults extends Set<string> {
  readonly #asked = new Map<string, [number, number][]>();

  override has(name: string): boolean {
    this.#remember(name);
    return super.has(name);
  }

  override [Symbol.iterator](): SetIterator<string> {
    return this.values();
  }

  override keys(): SetIterator<string> {
    return this.values();
  }

  override values(): SetIterator<string> {
    this.#remember(ALL);
    return super.values();
  }

  override entries(): SetIterator<[string, string]> {
    this.#remember(ALL);
    return super.entries();
  }

  override forEach(act: (value: string, key: string, set: Set<string>) => void): void {
    this.#remember(ALL);
    super.forEach(act);
  }

  /** When each name was asked about, `*` standing for all of them. */
  asked(): Readonly<Record<string, readonly Span[]>> {
    return Object.fromEntries(this.#asked);
  }

  #remember(name: string): void {
    const now = Date.now();
    const spans = this.#asked.get(name);
    const last = spans?.at(-1);
    if (last && now - last[1] <= APART_MS) last[1] = now;
    else if (spans) spans.push([now, now]);
    else this.#asked.set(name, [[now, now]]);
  }
}
