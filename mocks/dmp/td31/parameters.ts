import type { DmpProfile } from '../settings.ts';
import type { RegistryProblem } from '../types.ts';
import { QUERIES, STATUSES } from '../vocabulary.ts';
import table from './queries.json' with { type: 'json' };
import type { StoredQuery } from './query.ts';

export type QueryName = keyof typeof QUERIES;

interface Signature {
  readonly required: readonly string[];
  readonly single: readonly string[];
  /** One of these and only one. */
  readonly oneOf?: readonly string[];
  readonly others?: readonly string[];
}

const SIGNATURES: Readonly<Record<QueryName, Signature>> = table.queries;

export interface FilterRule {
  readonly kind: string;
  readonly of: string;
  readonly single?: boolean;
  /** Several slots of that name must all be met. */
  readonly anded?: boolean;
}

/** Filters of the entries, by parameter. */
export const DOCUMENT_FILTERS: ReadonlyMap<string, FilterRule> = new Map(Object.entries(table.documentFilters));

/** Name of a stored query. */
export function queryName({ id }: StoredQuery): QueryName | undefined {
  return (Object.keys(QUERIES) as QueryName[]).find((name) => QUERIES[name] === id);
}

/** Values of a parameter, all its slots together; empty when absent. */
export function valuesOf({ parameters }: StoredQuery, name: string): readonly string[] {
  return parameters.get(name)?.flat() ?? [];
}

const CODE = /^[^^]+\^[^^]*\^[^^]+$/;
const TIME = /^\d{4}(\d{2}){0,5}$/;
const MAX_PATTERN = 500;
const REFERENCE = /^[^^]+\^/;

/**
 * What is wrong with the parameters of a query: a missing one, one that has too many values, one that is not written as
 * it must be. The first breach is answered.
 * Source: ITI TF-2a 3.18.4.1.2.7 (error codes); protocols.md §2.9.
 */
export function judgeParameters(query: StoredQuery, name: QueryName, profile: DmpProfile): RegistryProblem | undefined {
  const refuse = (code: string, context: string): RegistryProblem => ({ code, context, location: '' });
  const { required, single, oneOf } = SIGNATURES[name];
  const missing = required.find((parameter) => valuesOf(query, parameter).length === 0);
  if (missing !== undefined) return refuse('XDSStoredQueryMissingParam', `Paramètre ${missing} absent ou vide`);
  const given = (oneOf ?? []).filter((parameter) => valuesOf(query, parameter).length > 0);
  if (oneOf && given.length === 0)
    return refuse('XDSStoredQueryMissingParam', `Paramètre absent : ${oneOf.join(' ou ')}`);
  if (given.length > 1) {
    return refuse('XDSStoredQueryParamNumber', `Paramètres ${given.join(' et ')} : un seul est admis à la fois`);
  }
  for (const parameter of query.parameters.keys()) {
    const alone = single.includes(parameter) || DOCUMENT_FILTERS.get(parameter)?.single === true;
    if (alone && valuesOf(query, parameter).length > 1) {
      return refuse('XDSStoredQueryParamNumber', `Paramètre ${parameter} : une seule valeur est admise`);
    }
    const malformed = query.malformed.get(parameter);
    if (profile.querySyntaxStrict && malformed !== undefined) {
      return refuse('XDSRegistryError', `Paramètre ${parameter} : ${malformed}`);
    }
    const wrong = valuesOf(query, parameter).find((value) => isWrong(parameter, value));
    if (wrong !== undefined) {
      return refuse('XDSRegistryError', `Paramètre ${parameter} : valeur « ${wrong.slice(0, 100)} » fausse`);
    }
  }
  return undefined;
}

const KNOWN_STATUSES: ReadonlySet<string> = new Set(Object.values(STATUSES));

function isWrong(parameter: string, value: string): boolean {
  const kind = DOCUMENT_FILTERS.get(parameter)?.kind;
  if (kind === 'code' || parameter === '$XDSSubmissionSetContentType') return !CODE.test(value);
  if (/Time(From|To)$/.test(parameter)) return !TIME.test(value);
  if (parameter.endsWith('Status')) return !KNOWN_STATUSES.has(value);
  if (parameter === '$XDSDocumentEntryReferenceIdList') return !REFERENCE.test(value);
  // Comparing by pattern costs the product of the lengths.
  if (parameter.endsWith('AuthorPerson')) return value.length > MAX_PATTERN;
  return false;
}
