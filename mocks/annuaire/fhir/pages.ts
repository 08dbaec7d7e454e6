import type { FhirResource } from './resources.ts';
import type { SearchQuery } from './query.ts';

/** A search under way: what the `next` links of its pages name. */
export interface PagedSearch {
  readonly query: SearchQuery;
  readonly found: readonly FhirResource[];
  readonly selfUrl: string;
}

/** Searches whose further pages may still be asked, as the real server keeps them: by an opaque id, for a while. */
export interface PageStore {
  keep(id: string, search: PagedSearch): void;
  find(id: string): PagedSearch | undefined;
  clear(): void;
}

const KEPT = 200;

export function createPageStore(): PageStore {
  const searches = new Map<string, PagedSearch>();
  return {
    keep(id, search) {
      searches.set(id, search);
      const [oldest] = searches.keys();
      if (searches.size > KEPT && oldest !== undefined) searches.delete(oldest);
    },
    find: (id) => searches.get(id),
    clear: () => searches.clear(),
  };
}
