import fhir from '../data/fhir.json' with { type: 'json' };
import { readDate } from './dates.ts';
import { matches, MODIFIERS } from './matchers.ts';
import { SEARCH_PARAMETERS, type SearchParameter } from './parameters.ts';
import type { FhirResource, ResourceType } from './resources.ts';
import type { FhirStore } from './store.ts';

/** One criterion of a search. @param store where a chain goes on */
export type Criterion = (resource: FhirResource, store: FhirStore) => boolean;

/**
 * Reads `name[:modifier]=a,b` or, one link long, `reference[:Type].name[:modifier]=a,b`.
 * @returns what is wrong with it, in the words of HAPI
 */
export function readCriterion(type: ResourceType, key: string, value: string): Criterion | string {
  const dot = key.indexOf('.');
  const [name = '', modifier, ...more] = (dot < 0 ? key : key.slice(0, dot)).split(':');
  const known = SEARCH_PARAMETERS[type];
  const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
  if (parameter === undefined) {
    const valid = Object.keys(known).sort().join(', ');
    return `HAPI-0524: Unknown search parameter "${name}" for resource type "${type}". Valid search parameters for this search are: [${valid}]`;
  }
  const leads = parameter.kind === 'reference' && modifier === parameter.target;
  const modified = modifier === undefined || modifier === 'missing' || MODIFIERS[parameter.kind].includes(modifier);
  if (more.length > 0 || !(modified || leads)) {
    return `HAPI-1236: Unknown search modifier ":${modifier}" for parameter "${name}"`;
  }
  if (dot >= 0) return chained(parameter, key, key.slice(dot + 1), value);
  const wanted = alternatives(value);
  if (wanted.length > fhir.limits.alternatives) return `HAPI-0287: Too many values for parameter "${name}"`;
  if (modifier === 'missing' && !/^(?:true|false)$/u.test(value)) {
    return `HAPI-1963: Invalid value for :missing on parameter "${name}": "${value}"`;
  }
  if (parameter.kind === 'date' && modifier !== 'missing' && wanted.some((one) => readDate(one) === undefined)) {
    return `HAPI-1882: Invalid date/time format: "${value}"`;
  }
  return (resource) => matches(resource, parameter, leads ? undefined : modifier, wanted);
}

function chained(
  { kind, target, values }: SearchParameter,
  key: string,
  rest: string,
  value: string,
): Criterion | string {
  if (kind !== 'reference' || target === undefined || rest.includes('.')) {
    return `HAPI-1214: Invalid parameter chain: ${key}`;
  }
  const next = readCriterion(target, rest, value);
  if (typeof next === 'string') return next;
  return (resource, store) =>
    values(resource).some((reference) => {
      const there = store.get(reference);
      return there !== undefined && next(there, store);
    });
}

/** Values between commas; a comma, a bar or a dollar of a value is written after a backslash (FHIR R4 §3.1.1.4.7). */
function alternatives(value: string): readonly string[] {
  return value
    .split(/(?<!\\),/u)
    .map((one) => one.replace(/\\([,|$\\])/gu, '$1'))
    .filter((one) => one !== '');
}
