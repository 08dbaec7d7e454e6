import type { PagedSearch } from './pages.ts';
import type { SearchQuery } from './query.ts';
import type { FhirResource } from './resources.ts';
import { keyOf, type FhirStore } from './store.ts';

/** Resources that answer every criterion, in the order asked, else of the directory. */
export function find(store: FhirStore, query: SearchQuery): readonly FhirResource[] {
  const found = store.of(query.type).filter((resource) => query.criteria.every((one) => one(resource, store)));
  return query.sort.length === 0 ? found : found.toSorted((left, right) => compare(left, right, query.sort));
}

function compare(left: FhirResource, right: FhirResource, sort: SearchQuery['sort']): number {
  for (const { parameter, descending } of sort) {
    const [one = '', other = ''] = [parameter.values(left)[0], parameter.values(right)[0]];
    if (one !== other) return one < other === descending ? 1 : -1;
  }
  return 0;
}

/**
 * One page of a search.
 * @param position where it begins; `base`: URL of the service as called, for `fullUrl` and links; `now`: when it is made
 */
export function pageOf(
  search: PagedSearch,
  position: { readonly id: string; readonly offset: number; readonly base: string; readonly now: Date },
): Record<string, unknown> {
  const { query, found, store } = search;
  const { id, offset, base, now } = position;
  const page = found.slice(offset, offset + query.count);
  const next = offset + query.count < found.length && query.count > 0 ? offset + query.count : undefined;
  const pageUrl = (start: number): string =>
    `${base}?_getpages=${id}&_getpagesoffset=${start}&_count=${query.count}&_bundletype=searchset`;
  const entry = (resource: FhirResource, mode: 'match' | 'include') => ({
    fullUrl: `${base}/${keyOf(resource)}`,
    resource: reduced(resource, query.elements),
    search: { mode },
  });
  const entries = [
    ...page.map((resource) => entry(resource, 'match')),
    ...linkedTo(page, store, query).map((resource) => entry(resource, 'include')),
  ];
  return {
    resourceType: 'Bundle',
    id,
    meta: { lastUpdated: now.toISOString().replace('Z', '+00:00') },
    type: 'searchset',
    ...(query.total ? { total: found.length } : {}),
    link: [
      { relation: 'self', url: offset === 0 ? search.selfUrl : pageUrl(offset) },
      ...(next === undefined ? [] : [{ relation: 'next', url: pageUrl(next) }]),
      ...(offset === 0 ? [] : [{ relation: 'previous', url: pageUrl(Math.max(0, offset - query.count)) }]),
    ],
    ...(entries.length === 0 ? {} : { entry: entries }),
  };
}

/** `_include` follows the references of the page, `_revinclude` those that point at it; each resource comes once. */
function linkedTo(
  page: readonly FhirResource[],
  store: FhirStore,
  { include, revinclude }: SearchQuery,
): readonly FhirResource[] {
  const here = new Set(page.map(keyOf));
  const linked = new Map<string, FhirResource>();
  const add = (resource: FhirResource): void => {
    if (!here.has(keyOf(resource))) linked.set(keyOf(resource), resource);
  };
  for (const path of include) {
    const [type, element = ''] = path.split(':');
    for (const resource of page.filter((one) => one.resourceType === type)) {
      const target = store.get(referenceOf(resource, element));
      if (target !== undefined) add(target);
    }
  }
  for (const path of here.size === 0 ? [] : revinclude) {
    const [type, element = ''] = path.split(':');
    for (const resource of store.all) {
      if (resource.resourceType === type && here.has(referenceOf(resource, element))) add(resource);
    }
  }
  return [...linked.values()];
}

function referenceOf(resource: FhirResource, element: string): string {
  const target = resource[element];
  return typeof target === 'object' && target !== null && 'reference' in target ? String(target.reference) : '';
}

/** `_elements`: mandatory members stay, and the tag says that the resource is not whole. */
function reduced(resource: FhirResource, elements: readonly string[] | undefined): unknown {
  if (elements === undefined) return resource;
  const kept = Object.entries(resource).filter(
    ([name]) => name === 'resourceType' || name === 'id' || elements.includes(name),
  );
  const tag = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
  return { ...Object.fromEntries(kept), meta: { ...resource.meta, tag: [tag] } };
}
