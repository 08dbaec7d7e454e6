import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { GestureName } from './gesture-types.ts';

/**
 * The http contract as data: `sut/http/openapi.json` is the one description of every gesture, for vendors to read and
 * for the drivers to judge answers by.
 */
const OPENAPI_FILE = new URL('../http/openapi.json', import.meta.url);

interface Operation {
  readonly summary: string;
  readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: {
    readonly 200: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  };
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: object;
}

export interface GestureContract {
  readonly name: GestureName;
  /** One French sentence. */
  readonly summary: string;
  /** Problems of an input or of an answer, in the user's words; empty when it holds. */
  readonly problemsOfInput: (input: unknown) => readonly string[];
  readonly problemsOfOutput: (output: unknown) => readonly string[];
}

function problemsBy(validate: ValidateFunction): (value: unknown) => readonly string[] {
  return (value) => {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(sentence);
  };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'texte',
  object: 'objet',
  array: 'liste',
  boolean: 'true ou false',
  integer: 'nombre entier',
  number: 'nombre',
};

/** One thing wrong, in French; ajv speaks English. */
function sentence(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'à la racine' : error.instancePath;
  const parameters = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'required':
      return `${where} : le champ « ${String(parameters['missingProperty'])} » manque`;
    case 'additionalProperties':
      return `${where} : le champ « ${String(parameters['additionalProperty'])} » n'existe pas`;
    case 'type':
      return `${where} : type attendu ${TYPES[String(parameters['type'])] ?? String(parameters['type'])}`;
    case 'enum':
      return `${where} : valeur attendue parmi ${(parameters['allowedValues'] as readonly unknown[]).join(', ')}`;
    case 'const':
      return `${where} : valeur attendue « ${String(parameters['allowedValue'])} »`;
    case 'minLength':
    case 'minItems':
      return `${where} : ne doit pas être vide (${String(parameters['limit'])} au moins)`;
    case 'minimum':
      return `${where} : ${String(parameters['limit'])} au moins`;
    case 'pattern':
      return `${where} : forme attendue ${String(parameters['pattern'])}`;
    case 'oneOf':
    case 'anyOf':
      return `${where} : ne suit aucune des formes prévues`;
    default:
      return `${where} : ne respecte pas « ${error.keyword} » (${JSON.stringify(parameters)})`;
  }
}

function loadContract(): ReadonlyMap<GestureName, GestureContract> {
  const openapi = JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')) as OpenApi;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const contracts = new Map<GestureName, GestureContract>();
  for (const [path, item] of Object.entries(openapi.paths)) {
    if (!item.post) continue;
    const name = path.replace('/gestures/', '') as GestureName;
    const compile = (schema: object) => ajv.compile({ ...schema, components: openapi.components });
    contracts.set(name, {
      name,
      summary: item.post.summary,
      problemsOfInput: problemsBy(compile(item.post.requestBody.content['application/json'].schema)),
      problemsOfOutput: problemsBy(compile(item.post.responses[200].content['application/json'].schema)),
    });
  }
  return contracts;
}

let contract: ReadonlyMap<GestureName, GestureContract> | undefined;

/** Every gesture of the port, in the order of the OpenAPI document. */
export function gestureContracts(): ReadonlyMap<GestureName, GestureContract> {
  contract ??= loadContract();
  return contract;
}
