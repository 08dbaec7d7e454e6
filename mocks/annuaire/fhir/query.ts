import { MODIFIERS, SEARCH_PARAMETERS, type SearchParameter } from './matchers.ts';
import type { ResourceType } from './resources.ts';

export interface Criterion {
  readonly parameter: SearchParameter;
  readonly modifier: string | undefined;
  /** Alternatives. */
  readonly wanted: readonly string[];
}

export interface SearchQuery {
  readonly type: ResourceType;
  readonly criteria: readonly Criterion[];
  readonly count: number;
  readonly include: readonly string[];
  readonly revinclude: readonly string[];
  readonly elements: readonly string[] | undefined;
}

export type QueryReading =
  | { readonly ok: true; readonly query: SearchQuery }
  /** Diagnostics in the words of HAPI. */
  | { readonly ok: false; readonly diagnostics: string };

/** Page of the real service (protocols.md §6). */
const PAGE = 50;
const MAX_PAGE = 1000;

const INCLUDES = ['PractitionerRole:organization', 'PractitionerRole:practitioner'];
const REVINCLUDES = ['PractitionerRole:practitioner', 'PractitionerRole:organization', 'Organization:partof'];
/** Taken and without effect here: totals are always exact, JSON is the only format. */
const WITHOUT_EFFECT = new Set(['_total', '_format', '_pretty', '_summary']);

/** Reads the parameters of a search; an unknown one is an error, as at the real server. */
export function readQuery(type: ResourceType, parameters: URLSearchParams): QueryReading {
  const criteria: Criterion[] = [];
  const include: string[] = [];
  const revinclude: string[] = [];
  let count = PAGE;
  let elements: readonly string[] | undefined;
  for (const [key, value] of parameters) {
    if (value === '' || WITHOUT_EFFECT.has(key)) continue;
    if (key === '_count') {
      if (!/^\d{1,6}$/u.test(value)) return refuse(`HAPI-0370: Invalid _count parameter "${value}"`);
      count = Math.min(Number(value), MAX_PAGE);
    } else if (key === '_elements') {
      elements = value.split(',');
    } else if (key === '_include' || key === '_revinclude') {
      const [known, into] = key === '_include' ? [INCLUDES, include] : [REVINCLUDES, revinclude];
      if (!known.includes(value))
        return refuse(`HAPI-2015: Invalid ${key} parameter value: "${value}". Valid values are: [${known.join(', ')}]`);
      into.push(value);
    } else {
      const reading = readCriterion(type, key, value);
      if (typeof reading === 'string') return refuse(reading);
      criteria.push(reading);
    }
  }
  return { ok: true, query: { type, criteria, count, include, revinclude, elements } };
}

function readCriterion(type: ResourceType, key: string, value: string): Criterion | string {
  const [name = '', modifier] = key.split(':', 2);
  const known = SEARCH_PARAMETERS[type];
  const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
  if (parameter === undefined) {
    const valid = Object.keys(known).sort().join(', ');
    return `HAPI-0524: Unknown search parameter "${name}" for resource type "${type}". Valid search parameters for this search are: [${valid}]`;
  }
  if (modifier !== undefined && !MODIFIERS[parameter.kind].includes(modifier)) {
    return `HAPI-1236: Unknown search modifier ":${modifier}" for parameter "${name}"`;
  }
  return { parameter, modifier, wanted: value.split(',') };
}

function refuse(diagnostics: string): QueryReading {
  return { ok: false, diagnostics };
}
