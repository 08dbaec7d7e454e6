import type { Compiled, Scope } from './types.ts';

/**
 * Gives each variable a slot of its own: a name that comes twice hides the one before it.
 * @param counter shared by the scopes made from this one
 */
export function emptyScope(counter: { next: number } = { next: 0 }): Scope {
  return scopeOf(new Map(), counter);
}

interface Variable {
  readonly slot: number;
  readonly constant?: Compiled;
}

function scopeOf(variables: ReadonlyMap<string, Variable>, counter: { next: number }): Scope {
  return {
    find: (name) => variables.get(name),
    all: () => variables,
    with: (name, constant) => {
      const slot = counter.next;
      counter.next += 1;
      const added: Variable = { slot, ...(constant === undefined ? {} : { constant }) };
      return { scope: scopeOf(new Map(variables).set(name, added), counter), slot };
    },
  };
}
