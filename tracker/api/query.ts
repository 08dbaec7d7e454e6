import { Ajv } from 'ajv';
import { RefusedCall } from './errors.ts';
import { REQUIREMENT_FILTERS, RUN_PAGE } from './openapi/parameters.ts';
import type { RequirementFilter } from './views/requirements.ts';

const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true });
const isFilter = ajv.compile<RequirementFilter>(schemaOf(REQUIREMENT_FILTERS));
const isPage = ajv.compile<{ limit: number }>(schemaOf(RUN_PAGE));

/** Reads the filters of the requirement list; an empty parameter is an absent one. */
export function readFilter(query: Readonly<Record<string, string>>): RequirementFilter {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
  if (isFilter(given)) return given;
  throw refused(isFilter.errors?.map((error) => error.instancePath || String(error.params['additionalProperty'])));
}

export function readPage(query: Readonly<Record<string, string>>): { readonly limit: number } {
  const given: Record<string, string> = { ...query };
  if (isPage(given)) return given;
  throw refused(isPage.errors?.map((error) => error.instancePath || String(error.params['additionalProperty'])));
}

function schemaOf(parameters: readonly { readonly name: string; readonly schema: object }[]): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}

function refused(places: readonly string[] | undefined): RefusedCall {
  const names = [...new Set((places ?? []).map((place) => place.replace('/', '')))].join(', ');
  return new RefusedCall(
    400,
    'PARAMETRE_REFUSE',
    `Filtre inconnu ou valeur hors de la liste : ${names}.`,
    'Les filtres et leurs valeurs sont décrits dans /api/openapi.json.',
  );
}
