import fhir from '../data/fhir.json' with { type: 'json' };
import type { SearchQuery } from './query.ts';
import type { FhirStore } from './store.ts';
import type { FhirResource } from './resources.ts';

/** A search under way: what the `next` links of its pages name. What it found does not move when the directory does. */
export interface PagedSearch {
  readonly query: SearchQuery;
  readonly found: readonly FhirResource[];
  /** The directory as it was, where included resources are taken. */
  readonly store: FhirStore;
  readonly selfUrl: string;
}

/** Searches whose further pages may still be asked, as the real server keeps them: by an opaque id, for a while. */
export interface PageStore {
  keep(id: string, search: PagedSearch): void;
  find(id: string): PagedSearch | undefined;
  clear(): void;
}

/** @param now clock of the service: a search is forgotten after an hour, or after 200 others */
export function createPageStore(now: () => Date): PageStore {
  const searches = new Map<string, { readonly search: PagedSearch; readonly until: number }>();
  return {
    keep(id, search) {
      searches.set(id, { search, until: now().getTime() + fhir.searchMinutes * 60_000 });
      const [oldest] = searches.keys();
      if (searches.size > fhir.searchesKept && oldest !== undefined) searches.delete(oldest);
    },
    find(id) {
      const kept = searches.get(id);
      if (kept === undefined || kept.until > now().getTime()) return kept?.search;
      searches.delete(id);
      return undefined;
    },
    clear: () => searches.clear(),
  };
}
