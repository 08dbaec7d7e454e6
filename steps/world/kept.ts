/**
 * What a step left for a later one, where the scenario keeps it by itself.
 *
 * @throws when no step left it: a fault of the scenario, hence of the bench
 */
export function keptBy<World extends WeakKey, T>(map: WeakMap<World, T>, world: World, what: string): T {
  const value = map.get(world);
  if (value === undefined) throw new Error(`Le scénario n'a pas encore de ${what} : une étape manque avant celle-ci.`);
  return value;
}

/** A value that one step leaves for a later one. */
export class Kept<T> {
  readonly #what: string;
  #value: T | undefined;

  /** @param what French, what a scenario that forgot the first step lacks */
  constructor(what: string) {
    this.#what = what;
  }

  /** @throws when no step left it: a fault of the scenario, hence of the bench */
  get value(): T {
    if (this.#value === undefined) {
      throw new Error(`Le scénario n'a pas encore de ${this.#what} : une étape manque avant celle-ci.`);
    }
    return this.#value;
  }
  set value(value: T) {
    this.#value = value;
  }

  get known(): boolean {
    return this.#value !== undefined;
  }
}
