import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

import type { DataProblem, DataReading } from './types.ts';

/** A list where everything is wrong says so by its first lines. */
const MOST = 100;
const compiled = new WeakMap<object, ValidateFunction>();

/**
 * Reads a file of official figures against the JSON Schema that is published beside them.
 *
 * @param text the file, with or without byte order mark
 * @param schema JSON Schema, draft 2020-12
 * @returns the document, or everything that is wrong in it with its JSON path; never throws whatever the text
 */
export function readDataFile<T>(text: string, schema: object): DataReading<T> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed([
      {
        code: 'DATA_NOT_JSON',
        path: '',
        message: `Le fichier n'est pas un document JSON lisible (${why}).`,
        remedy: 'Corrigez-le, ou repartez de l’exemple livré à côté du schéma.',
      },
    ]);
  }
  const validate = validatorOf(schema);
  if (validate(value)) return { ok: true, value: value as T };
  return failed((validate.errors ?? []).filter(({ keyword }) => !SUMMARIES.has(keyword)).map(problemOf));
}

/** Keywords that only repeat that something inside them is wrong. */
const SUMMARIES = new Set(['if', 'anyOf', 'oneOf', 'propertyNames']);

/** Types of JSON, as they are written. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte, entre guillemets',
  integer: 'un nombre entier, sans guillemets',
  number: 'un nombre, sans guillemets',
  boolean: 'true ou false',
  array: 'une liste, entre crochets',
  object: 'un objet, entre accolades',
};

function failed<T>(problems: readonly DataProblem[]): DataReading<T> {
  return { ok: false, problems: problems.slice(0, MOST) };
}

function validatorOf(schema: object): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictRequired: false }).compile(schema);
  compiled.set(schema, validate);
  return validate;
}

function problemOf({ keyword, instancePath, params, parentSchema }: ErrorObject): DataProblem {
  const given = params as Readonly<Record<string, unknown>>;
  const named = (field: string): string => String(given[field]);
  const problem = (code: string, message: string, remedy: string): DataProblem => ({
    code,
    path: instancePath,
    message,
    remedy,
  });
  switch (keyword) {
    case 'required':
      return problem('DATA_MISSING', `Le champ « ${named('missingProperty')} » manque.`, 'Ajoutez-le.');
    case 'additionalProperties':
      return problem(
        'DATA_UNKNOWN_FIELD',
        `Le champ « ${named('additionalProperty')} » n'existe pas.`,
        'Retirez-le ou corrigez son nom : le schéma les donne tous.',
      );
    case 'enum':
      return problem(
        'DATA_VALUE',
        'Cette valeur n’est pas dans la liste.',
        `Choisissez parmi : ${(given['allowedValues'] as readonly unknown[]).join(', ')}.`,
      );
    case 'const':
      return problem('DATA_VALUE', 'Cette valeur n’est pas celle attendue.', `Écrivez « ${named('allowedValue')} ».`);
    case 'type':
      return problem(
        'DATA_TYPE',
        'Cette valeur n’est pas du genre attendu.',
        `Écrivez ${TYPES[named('type')] ?? named('type')}.`,
      );
    default: {
      const { description } = (parentSchema ?? {}) as { readonly description?: string };
      return problem(
        'DATA_FORM',
        'Cette valeur n’a pas la forme attendue.',
        description === undefined
          ? `Le schéma demande « ${keyword} » : ${JSON.stringify(params)}.`
          : `Attendu : ${description}`,
      );
    }
  }
}
