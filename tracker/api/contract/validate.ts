import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { problem } from '../problems/index.ts';
import type { Schema } from './schema.ts';
import type { QueryParameter } from './types.ts';

const TOLD = 8;

/** Compiles the schemas of the routes against the components of the published document. */
export interface Validators {
  body(schema: Schema): (value: unknown) => void;
  query(parameters: readonly QueryParameter[]): (given: Readonly<Record<string, string>>) => Record<string, unknown>;
  answer(schema: Schema): (view: object) => void;
}

/** @param components schemas that others refer to by `#/components/schemas/…` */
export function createValidators(components: Readonly<Record<string, Schema>>): Validators {
  const strict = { allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false } as const;
  const ajv = new Ajv2020(strict);
  const coercing = new Ajv2020({ ...strict, coerceTypes: true, useDefaults: true });
  const BASE = 'jalon:api';
  for (const one of [ajv, coercing]) {
    addFormats.default(one);
    // The place of the components is OpenAPI's, not a word of JSON Schema.
    one.addKeyword('components');
    one.addSchema({ $id: BASE, components: { schemas: components } });
  }
  const compile = (one: Ajv2020, schema: Schema): ValidateFunction => one.compile(based(schema, BASE));
  return {
    body(schema) {
      const isValid = compile(ajv, schema);
      return (value) => {
        if (isValid(value)) return;
        const errors = placesOf(isValid.errors);
        throw problem(
          'CORPS_REFUSE',
          { problems: errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join(' ; ') },
          { errors },
        );
      };
    },
    query(parameters) {
      const isValid = compile(coercing, {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      });
      return (given) => {
        // An empty parameter is an absent one: forms send them.
        const value: Record<string, unknown> = Object.fromEntries(
          Object.entries(given).filter(([, one]) => one !== ''),
        );
        if (isValid(value)) return value;
        const names = (isValid.errors ?? []).map((error) => nameOf(error));
        throw problem('PARAMETRE_REFUSE', { names: [...new Set(names)].join(', ').slice(0, 200) });
      };
    },
    answer(schema) {
      const isValid = compile(ajv, schema);
      return (view) => {
        if (isValid(view)) return;
        const [first] = placesOf(isValid.errors);
        throw problem('REPONSE_NON_DECRITE', { place: `${first?.pointer ?? ''} ${first?.message ?? ''}`.trim() });
      };
    },
  };
}

/** References to components, from a schema that stands alone. */
function based(schema: Schema, base: string): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${base}#/components/`)) as Schema;
}

function placesOf(
  errors: readonly ErrorObject[] | null | undefined,
): readonly { readonly pointer: string; readonly message: string }[] {
  return (errors ?? []).slice(0, TOLD).map((error) => ({
    pointer: error.instancePath.slice(0, 200),
    message: `${error.message ?? ''}${extra(error)}`.trim(),
  }));
}

function extra({ params }: ErrorObject): string {
  const named: unknown = params['additionalProperty'] ?? params['allowedValues'];
  if (named === undefined) return '';
  const words = Array.isArray(named) ? named.join(', ') : typeof named === 'string' ? named : '';
  return ` (${words.slice(0, 200)})`;
}

function nameOf({ instancePath, params }: ErrorObject): string {
  return instancePath.slice(1) || String(params['additionalProperty']).slice(0, 40);
}
