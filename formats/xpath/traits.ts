import type { Compiled } from './types.ts';

/** What an expression made of others depends on, when each is evaluated in the same focus. */
export function traits(parts: readonly Compiled[]): Pick<Compiled, 'constant' | 'usesFocus' | 'readsPosition'> {
  return {
    constant: parts.every(({ constant }) => constant),
    usesFocus: parts.some(({ usesFocus }) => usesFocus),
    readsPosition: parts.some(({ readsPosition }) => readsPosition),
  };
}
