import type { AnnuaireDesk } from '../types.ts';
import { matches } from './matchers.ts';
import type { PagedSearch } from './pages.ts';
import type { SearchQuery } from './query.ts';
import type { FhirResource } from './resources.ts';

/** Resources that answer every criterion, in the order of the directory. */
export function find(resources: readonly FhirResource[], query: SearchQuery): readonly FhirResource[] {
  return resources.filter(
    (resource) =>
      resource.resourceType === query.type &&
      query.criteria.every(({ parameter, modifier, wanted }) => matches(resource, parameter, modifier, wanted)),
  );
}

/**
 * One page of a search.
 * @param base URL of the service as called, for `fullUrl` and links
 * @param resources everything, where included resources are taken
 */
export function pageOf(
  desk: AnnuaireDesk,
  resources: readonly FhirResource[],
  search: PagedSearch,
  position: { readonly id: string; readonly offset: number; readonly base: string },
): Record<string, unknown> {
  const { query, found } = search;
  const { id, offset, base } = position;
  const page = found.slice(offset, offset + query.count);
  const next = offset + query.count < found.length && query.count > 0 ? offset + query.count : undefined;
  const pageUrl = (start: number): string =>
    `${base}?_getpages=${id}&_getpagesoffset=${start}&_count=${query.count}&_bundletype=searchset`;
  const entry = (resource: FhirResource, mode: 'match' | 'include') => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource: reduced(resource, query.elements),
    search: { mode },
  });
  const entries = [
    ...page.map((resource) => entry(resource, 'match')),
    ...linkedTo(page, resources, query).map((resource) => entry(resource, 'include')),
  ];
  return {
    resourceType: 'Bundle',
    id,
    meta: { lastUpdated: desk.context.now().toISOString().replace('Z', '+00:00') },
    type: 'searchset',
    total: found.length,
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
  resources: readonly FhirResource[],
  query: SearchQuery,
): readonly FhirResource[] {
  const here = new Set(page.map(key));
  const linked = new Map<string, FhirResource>();
  const add = (resource: FhirResource): void => {
    if (!here.has(key(resource))) linked.set(key(resource), resource);
  };
  const byKey = new Map(resources.map((resource) => [key(resource), resource]));
  for (const path of query.include) {
    const [type, element = ''] = path.split(':');
    for (const resource of page.filter((one) => one.resourceType === type)) {
      const target = byKey.get(referenceOf(resource, element));
      if (target !== undefined) add(target);
    }
  }
  for (const path of query.revinclude) {
    const [type, element = ''] = path.split(':');
    for (const resource of resources) {
      if (resource.resourceType === type && here.has(referenceOf(resource, element))) add(resource);
    }
  }
  return [...linked.values()];
}

const key = (resource: FhirResource): string => `${resource.resourceType}/${resource.id}`;

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
