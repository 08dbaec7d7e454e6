import { Ajv, type ErrorObject, type JSONSchemaType } from 'ajv';

/** Body of `POST /situations`. */
export interface SituationOrder {
  readonly service: 'insi' | 'dmp' | 'psc' | 'mssante' | 'annuaire' | 'hl7' | 'pki';
  /** Key or INS of a test patient. */
  readonly patient?: string;
  /** Mailbox, professional id or any other subject. */
  readonly about?: string;
  readonly situation: string;
  readonly times?: number;
  readonly parameters?: Record<string, string | number | boolean>;
}

const SITUATION: JSONSchemaType<SituationOrder> = {
  type: 'object',
  properties: {
    service: { type: 'string', enum: ['insi', 'dmp', 'psc', 'mssante', 'annuaire', 'hl7', 'pki'] },
    patient: { type: 'string', minLength: 1, maxLength: 200, nullable: true },
    about: { type: 'string', minLength: 1, maxLength: 200, nullable: true },
    situation: { type: 'string', minLength: 1, maxLength: 200 },
    times: { type: 'integer', minimum: 1, maximum: 1_000_000, nullable: true },
    parameters: {
      type: 'object',
      nullable: true,
      required: [],
      maxProperties: 50,
      additionalProperties: { type: ['string', 'number', 'boolean'] } as never,
    },
  },
  required: ['service', 'situation'],
  additionalProperties: false,
};

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validateSituation = ajv.compile(SITUATION);

/** The order, or French sentences that say each thing wrong with it. */
export function readSituation(
  value: unknown,
):
  | { readonly ok: true; readonly order: SituationOrder }
  | { readonly ok: false; readonly problems: readonly string[] } {
  if (validateSituation(value)) return { ok: true, order: value };
  return { ok: false, problems: (validateSituation.errors ?? []).map(sentence) };
}

/** What one breach of a schema is, in French: where, then what was expected. */
export function sentence(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'le document' : error.instancePath;
  const parameters = error.params as Readonly<Record<string, unknown>>;
  const limit = String(parameters['limit']);
  switch (error.keyword) {
    case 'required':
      return `${where} : le champ « ${String(parameters['missingProperty'])} » manque`;
    case 'additionalProperties':
      return `${where} : le champ « ${String(parameters['additionalProperty'])} » n'existe pas`;
    case 'enum':
      return `${where} : valeur attendue parmi ${(parameters['allowedValues'] as readonly string[]).join(', ')}`;
    case 'type':
      return `${where} : type attendu ${typesText(parameters['type'])}`;
    case 'minimum':
      return `${where} : ${limit} au moins`;
    case 'maximum':
      return `${where} : ${limit} au plus`;
    case 'minLength':
      return `${where} : ne doit pas être vide`;
    case 'maxLength':
      return `${where} : ${limit} caractères au plus`;
    case 'maxProperties':
      return `${where} : ${limit} champs au plus`;
    case 'minItems':
      return `${where} : ${limit} élément au moins`;
    case 'maxItems':
      return `${where} : ${limit} éléments au plus`;
    case 'pattern':
      return `${where} : forme attendue ${String(parameters['pattern'])}`;
    default:
      return `${where} : ne respecte pas « ${error.keyword} » (${JSON.stringify(parameters)})`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'objet',
  string: 'texte',
  integer: 'entier',
  number: 'nombre',
  boolean: 'booléen',
  array: 'liste',
};

/** One type of JSON or several, in French. */
function typesText(types: unknown): string {
  const names: readonly unknown[] = Array.isArray(types) ? types : [types];
  return names.map((name) => TYPES[String(name)] ?? String(name)).join(' ou ');
}
