import fhir from '../data/fhir.json' with { type: 'json' };
import { readCriterion, type Criterion } from './criterion.ts';
import { SEARCH_PARAMETERS, type SearchParameter } from './parameters.ts';
import type { ResourceType } from './resources.ts';

export interface SearchQuery {
  readonly type: ResourceType;
  /** All must be answered. */
  readonly criteria: readonly Criterion[];
  /** 0: only how many they are. */
  readonly count: number;
  readonly total: boolean;
  readonly include: readonly string[];
  readonly revinclude: readonly string[];
  readonly elements: readonly string[] | undefined;
  readonly sort: readonly { readonly parameter: SearchParameter; readonly descending: boolean }[];
}

export type QueryReading =
  | { readonly ok: true; readonly query: SearchQuery }
  /** Diagnostics in the words of HAPI. */
  | { readonly ok: false; readonly diagnostics: string };

/** Taken and without effect here: JSON is the only format, refused elsewhere when another is asked. */
const WITHOUT_EFFECT = new Set(['_format', '_pretty']);
const SUMMARIES = ['true', 'false', 'text', 'data', 'count'];

type Draft = { -readonly [Part in keyof SearchQuery]: SearchQuery[Part] };

/** Reads the parameters of a search; an unknown one is an error, as at the real server. */
export function readQuery(type: ResourceType, parameters: URLSearchParams): QueryReading {
  const draft: Draft = {
    type,
    criteria: [],
    count: fhir.pageSize,
    total: true,
    include: [],
    revinclude: [],
    elements: undefined,
    sort: [],
  };
  if (parameters.size > fhir.limits.parameters) return { ok: false, diagnostics: 'HAPI-0287: Too many parameters' };
  for (const [key, value] of parameters) {
    if (value === '' || WITHOUT_EFFECT.has(key)) continue;
    const problem =
      value.length > fhir.limits.valueLength ? `Value of "${key.slice(0, 50)}" is too long` : take(draft, key, value);
    if (problem !== undefined) return { ok: false, diagnostics: problem };
  }
  return { ok: true, query: draft };
}

/** Adds one parameter to the query; gives what is wrong with it. */
function take(draft: Draft, key: string, value: string): string | undefined {
  const among = (known: readonly string[]): string | undefined =>
    known.includes(value)
      ? undefined
      : `HAPI-2015: Invalid ${key} parameter value: "${value}". Valid values are: [${known.join(', ')}]`;
  switch (key) {
    case '_count':
      if (!/^\d{1,6}$/u.test(value)) return `HAPI-0370: Invalid _count parameter "${value}"`;
      draft.count = Math.min(Number(value), draft.count === 0 ? 0 : fhir.largestPage);
      return undefined;
    case '_summary':
      if (value === 'count') draft.count = 0;
      return among(SUMMARIES);
    case '_total':
      draft.total = value !== 'none';
      return among(fhir.totals);
    case '_elements':
      draft.elements = value.split(',').slice(0, fhir.limits.alternatives);
      return undefined;
    case '_include':
      draft.include = [...draft.include, value];
      return among(fhir.includes);
    case '_revinclude':
      draft.revinclude = [...draft.revinclude, value];
      return among(fhir.revincludes);
    case '_sort':
      return sortBy(draft, value);
    default: {
      const reading = readCriterion(draft.type, key, value);
      if (typeof reading === 'string') return reading;
      draft.criteria = [...draft.criteria, reading];
      return undefined;
    }
  }
}

function sortBy(draft: Draft, value: string): string | undefined {
  const known = SEARCH_PARAMETERS[draft.type];
  const order: SearchQuery['sort'][number][] = [];
  for (const one of value.split(',').slice(0, 10)) {
    const name = one.replace(/^-/u, '');
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (parameter === undefined)
      return `HAPI-0524: Unknown _sort parameter value "${name}" for resource type "${draft.type}"`;
    order.push({ parameter, descending: one.startsWith('-') });
  }
  draft.sort = order;
  return undefined;
}
