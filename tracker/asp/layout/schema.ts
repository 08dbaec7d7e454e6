import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as formats } from 'ajv-formats';
import { LayoutError } from './errors.ts';
import { bounded, isRecord } from './scope.ts';

/** Something of a document that its schema does not want: place, and French words. */
export interface SchemaFault {
  /** JSON pointer into the document; `/` is the document itself. */
  readonly where: string;
  readonly detail: string;
}

/** What a document has at a place, in a few words: `"abc"`, `liste de 3 éléments`, `objet (number, signedOn)`. */
export function shownAt(document: unknown, where: string): string {
  const keys = where
    .split('/')
    .slice(1)
    .filter((key, index, all) => key !== '' || index < all.length - 1);
  const value = keys
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (held, key) =>
        typeof held === 'object' && held !== null && Object.hasOwn(held, key)
          ? (held as Readonly<Record<string, unknown>>)[key]
          : undefined,
      document,
    );
  if (Array.isArray(value))
    return value.length > 1 ? `liste de ${value.length} éléments` : `liste de ${value.length} élément`;
  if (isRecord(value)) return bounded(`objet (${Object.keys(value).join(', ')})`);
  return value === undefined ? 'rien' : bounded(JSON.stringify(value));
}

export type SchemaCheck = (document: unknown) => readonly SchemaFault[];

/**
 * Compiles the schema of a layout: draft 2020-12, or the earlier draft that `$schema` names.
 *
 * @param file name shown in what is wrong
 * @throws {LayoutError} for what is no JSON Schema, or refers to a schema that is not in it
 */
export function compileSchema(schema: unknown, file: string): SchemaCheck {
  const remedy = 'Reprenez le schéma tel que publié, en un seul fichier.';
  if (!isRecord(schema)) {
    throw new LayoutError([{ where: `${file}#`, what: 'Ce n’est pas un schéma JSON (objet attendu).', remedy }]);
  }
  const options = {
    allErrors: true,
    // Keywords of others (x-status) are not ours to judge.
    strict: false,
    // 3500.4 / 0.01 is no whole number for a float: an amount of two decimals must pass `multipleOf`.
    multipleOfPrecision: 6,
  } as const;
  const draft = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  const ajv = /draft-0[67]/u.test(draft)
    ? new Ajv(options)
    : draft.includes('2019-09')
      ? new Ajv2019(options)
      : new Ajv2020(options);
  addFormats(ajv);
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    const what = `Le schéma ne se compile pas : ${(error as Error).message}.`;
    throw new LayoutError([{ where: `${file}#`, what, remedy }]);
  }
  return (document) =>
    validate(document) ? [] : (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(faultOf);
}

/** The package is CommonJS: what is imported as its default holds the function, or is it. */
function addFormats(ajv: Ajv): void {
  const plugin = formats as unknown as ((ajv: Ajv) => unknown) | { readonly default: (ajv: Ajv) => unknown };
  (typeof plugin === 'function' ? plugin : plugin.default)(ajv);
}

const SENTENCES: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  required: ({ missingProperty }) => `il manque « ${missingProperty as string} »`,
  additionalProperties: ({ additionalProperty }) => `« ${additionalProperty as string} » n’est pas prévu`,
  unevaluatedProperties: ({ unevaluatedProperty }) => `« ${unevaluatedProperty as string} » n’est pas prévu`,
  type: ({ type }) => `le type attendu est ${String(type)}`,
  enum: ({ allowedValues }) => `les valeurs admises sont ${JSON.stringify(allowedValues)}`,
  const: ({ allowedValue }) => `la valeur attendue est ${JSON.stringify(allowedValue)}`,
  pattern: ({ pattern }) => `la forme attendue est ${pattern as string}`,
  format: ({ format }) => `le format attendu est ${format as string}`,
  minLength: ({ limit }) => `${limit as number} caractère(s) au moins`,
  maxLength: ({ limit }) => `${limit as number} caractère(s) au plus`,
  minItems: ({ limit }) => `${limit as number} élément(s) au moins`,
  maxItems: ({ limit }) => `${limit as number} élément(s) au plus`,
  minimum: ({ limit }) => `${limit as number} au moins`,
  maximum: ({ limit }) => `${limit as number} au plus`,
  exclusiveMinimum: ({ limit }) => `plus de ${limit as number}`,
  exclusiveMaximum: ({ limit }) => `moins de ${limit as number}`,
  multipleOf: ({ multipleOf }) => `un multiple de ${multipleOf as number}`,
  uniqueItems: () => 'des éléments tous différents',
  contains: () => 'un élément attendu n’y est pas',
};

function faultOf({ instancePath, keyword, params }: ErrorObject): SchemaFault {
  const say = Object.hasOwn(SENTENCES, keyword) ? SENTENCES[keyword] : undefined;
  return {
    where: instancePath === '' ? '/' : instancePath,
    detail: say === undefined ? `la règle « ${keyword} » du schéma n’est pas suivie` : say(params),
  };
}
