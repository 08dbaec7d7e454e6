/**
 * Numbers that are given, and the search of free ones. Each search starts where the last one stopped: a list that
 * repeats one number ten thousand times is read as fast as another.
 */
export class Numbers {
  readonly #taken: Set<string>;
  /** Where to look next, by number that was found taken. */
  readonly #next = new Map<string, number>();
  /** Next copy to try, by number. */
  readonly #copies = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(id: string): boolean {
    return this.#taken.has(id);
  }

  take(id: string): void {
    this.#taken.add(id);
  }

  /** Takes the first number from `rank` on that nothing has, under an id. */
  takeFree(parent: string, rank: number): string {
    const passed: string[] = [];
    let number = rank;
    let id = numberUnder(parent, number);
    while (this.#taken.has(id)) {
      passed.push(id);
      number = this.#next.get(id) ?? number + 1;
      id = numberUnder(parent, number);
    }
    for (const one of passed) this.#next.set(one, number);
    this.#taken.add(id);
    return id;
  }

  /** Takes the first `id-2`, `id-3`… that nothing has. */
  takeCopy(id: string): string {
    let copy = this.#copies.get(id) ?? 2;
    while (this.#taken.has(`${id}-${copy}`)) copy += 1;
    this.#copies.set(id, copy + 1);
    this.#taken.add(`${id}-${copy}`);
    return `${id}-${copy}`;
  }
}

function numberUnder(parent: string, number: number): string {
  return `${parent}.${String(number).padStart(2, '0')}`;
}
