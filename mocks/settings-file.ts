import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { BenchError } from './errors.ts';

/** Whose settings a file holds, for the sentences. */
export interface SettingsKind {
  readonly code: string;
  /** French, with its article: « d’INSi », « du DMP ». */
  readonly whose: string;
  /** What a file may hold, and where its names come from. */
  readonly remedy: string;
  /** What a text of each pattern is made of, in French; the others are only said to be badly written. */
  readonly shapes?: Readonly<Record<string, string>>;
}

/**
 * Reads the settings of a service that a vendor gives in a JSON file, and judges their form.
 *
 * @param json text of the file
 * @param validate of the form of the file, with every error
 * @param file its name, for the sentence
 * @throws {BenchError} of the code of `kind`, telling each thing wrong and its place in the file
 */
export function readSettings<Given>(
  json: string,
  validate: ValidateFunction<Given>,
  kind: SettingsKind,
  file?: string,
): Given {
  let value: unknown;
  if (json.trim() === '') throw settingsRefused(kind, file, ['le fichier est vide']);
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw settingsRefused(kind, file, [`ce n’est pas du JSON${placeOf(cause)}`], cause);
  }
  if (!validate(value))
    throw settingsRefused(
      kind,
      file,
      (validate.errors ?? []).map((error) => sentence(error, kind)),
    );
  return value;
}

/** Beyond, the first ones are enough to mend the file. */
const SHOWN = 5;

/** The error of settings whose form is right and that mean nothing. */
export function settingsRefused(
  { code, whose, remedy }: SettingsKind,
  file: string | undefined,
  wrong: readonly string[],
  cause?: unknown,
): BenchError {
  const more = wrong.length > SHOWN ? ` ; et ${wrong.length - SHOWN} de plus` : '';
  const named = file === undefined ? '' : ` (${file})`;
  const told = `${wrong.slice(0, SHOWN).join(' ; ')}${more}`;
  return new BenchError(code, `Les réglages ${whose}${named} ne se lisent pas : ${told}.`, remedy, { cause });
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte est attendu',
  object: 'un objet est attendu',
  array: 'une liste est attendue',
  boolean: 'true ou false est attendu',
  integer: 'un nombre entier est attendu',
};

function sentence({ instancePath, keyword, params }: ErrorObject, { shapes }: SettingsKind): string {
  const where = instancePath === '' ? 'à la racine' : instancePath;
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'additionalProperties':
      return `${where} : « ${String(given['additionalProperty']).slice(0, 60)} » est inconnu`;
    case 'required':
      return `${where} : « ${String(given['missingProperty'])} » manque`;
    case 'type':
      return `${where} : ${TYPES[String(given['type'])] ?? 'une autre valeur est attendue'}`;
    case 'enum':
      return `${where} : valeur inconnue ; admis : ${(given['allowedValues'] as readonly string[]).join(', ')}`;
    case 'pattern': {
      const shape = shapes?.[String(given['pattern'])];
      return `${where} : valeur mal écrite${shape === undefined ? '' : ` ; attendu : ${shape}`}`;
    }
    case 'minimum':
      return `${where} : ${String(given['limit'])} au moins`;
    case 'maximum':
      return `${where} : ${String(given['limit'])} au plus`;
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return `${where} : vide`;
    default:
      return `${where} : trop long`;
  }
}

/** Line and column, when the reader of JSON gives them. */
function placeOf(error: unknown): string {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(error instanceof Error ? error.message : '') ?? [];
  return line === undefined ? '' : `, ligne ${line}, colonne ${column ?? ''}`;
}
