import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { BenchError } from '../errors.ts';
import { RIGHTS, type RightsMatrix, type Selector } from './rights-matrix.ts';
import type { DmpOptions } from './service.ts';
import authentication from './vihf/authentication.json' with { type: 'json' };
import { HOMOLOGATION_SHAPE } from './vihf/homologation.ts';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const oid = { type: 'string', pattern: String.raw`^\d+(\.\d+)+$`, maxLength: 64 } as const;
/** Where it comes from. */
const remark = { type: 'string', maxLength: 4000 } as const;
const yesOrNo = { type: 'boolean' } as const;
const oneOf = (values: readonly string[]): object => ({ type: 'string', enum: values });
const list = (items: object): object => ({ type: 'array', items, minItems: 1, maxItems: 500 });
const table = (required: readonly string[], properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const TRANSACTIONS = [...new Set(RIGHTS.transactions.map(({ transaction }) => transaction))];
const READING = oneOf(['all', 'own', 'none']);
const PURPOSES = oneOf(authentication.purposes);

const SCHEMA = table([], {
  source: remark,
  homologations: list({ type: 'string', pattern: HOMOLOGATION_SHAPE.source }),
  rights: table([], {
    source: remark,
    professionSystem: oid,
    otherSystem: oid,
    professions: { type: 'object', minProperties: 1, maxProperties: 500, additionalProperties: text },
    patientRoles: list(text),
    urgentPurposes: { type: 'array', items: PURPOSES },
    transactions: list(
      table(['transaction', 'who'], {
        transaction: oneOf(TRANSACTIONS),
        who: list(text),
        purposes: list(PURPOSES),
        expectedModes: list(oneOf(Object.keys(authentication.modes))),
        confirmed: yesOrNo,
      }),
    ),
    documents: list(
      table(['who', 'types', 'read', 'write'], {
        who: list(text),
        types: list(text),
        read: READING,
        write: yesOrNo,
        confirmed: yesOrNo,
      }),
    ),
    withoutAuthorisation: table(['read'], { read: READING, confirmed: yesOrNo }),
  }),
});

type Unsure<Row> = Omit<Row, 'confirmed'> & { readonly confirmed?: boolean };
/** What a file may hold of the matrix: any part of it, and a row need not say that it is confirmed. */
type GivenRights = Partial<
  Omit<RightsMatrix, 'transactions' | 'documents' | 'withoutAuthorisation'> & {
    readonly source: string;
    readonly transactions: readonly Unsure<RightsMatrix['transactions'][number]>[];
    readonly documents: readonly Unsure<RightsMatrix['documents'][number]>[];
    readonly withoutAuthorisation: Unsure<RightsMatrix['withoutAuthorisation']>;
  }
>;
interface Given {
  readonly homologations?: readonly string[];
  readonly rights?: GivenRights;
}

/**
 * Reads the settings of the DMP that a vendor gives in a file: the homologation numbers that are known, and the rights
 * matrix, which is not public.
 *
 * @param json text of the file: `{"homologations":[…],"rights":{…}}`, both optional; `rights` has the form of
 *   `rights-matrix.json`, a part that is given takes the place of the whole part there; `source` is a free remark
 * @param file its name, for the sentence
 * @throws {BenchError} `DMP_OPTIONS` telling each thing wrong, its place in the file and what is admitted
 */
export function readDmpOptions(json: string, file?: string): DmpOptions {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refusal(file, [`ce n’est pas du JSON${placeOf(cause)}`], cause);
  }
  const validate = new Ajv2020({ allErrors: true }).compile<Given>(SCHEMA);
  if (!validate(value)) throw refusal(file, (validate.errors ?? []).map(sentence));
  const { homologations, rights } = value;
  const matrix = rights && completed(rights);
  const wrong = matrix ? unknownSelectors(matrix) : [];
  if (wrong.length > 0) throw refusal(file, wrong);
  return { ...(homologations !== undefined && { homologations }), ...(matrix !== undefined && { rights: matrix }) };
}

function completed(rights: GivenRights): RightsMatrix {
  const { source: _, transactions, documents, withoutAuthorisation, ...given } = rights;
  return {
    ...RIGHTS,
    ...given,
    transactions: transactions?.map(sure) ?? RIGHTS.transactions,
    documents: documents?.map(sure) ?? RIGHTS.documents,
    withoutAuthorisation: withoutAuthorisation ? sure(withoutAuthorisation) : RIGHTS.withoutAuthorisation,
  };
}

/** Who writes a row in a file of their own knows what it says. */
function sure<Row extends { readonly confirmed?: boolean }>(row: Row): Row & { readonly confirmed: boolean } {
  return { ...row, confirmed: row.confirmed ?? true };
}

/** A selector that names nobody would close a right without a word. */
function unknownSelectors({ professions, transactions, documents }: RightsMatrix): readonly string[] {
  const known = new Set<Selector>(['professionnel', 'structure', 'patient']);
  for (const code of Object.keys(professions)) known.add(`G15_${code}`);
  const wrong = (part: string, rows: readonly { readonly who: readonly Selector[] }[]): string[] =>
    rows.flatMap(({ who }, row) =>
      who.flatMap((one, rank) =>
        known.has(one)
          ? []
          : [
              `/rights/${part}/${row}/who/${rank} : « ${one.slice(0, 60)} » ne désigne personne ; admis : professionnel, structure, patient, ou G15_ suivi d’un code de professions`,
            ],
      ),
    );
  return [...wrong('transactions', transactions), ...wrong('documents', documents)];
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte',
  object: 'un objet',
  array: 'une liste',
  boolean: 'true ou false',
};

function sentence({ instancePath, keyword, params }: ErrorObject): string {
  const where = instancePath === '' ? 'à la racine' : instancePath;
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'additionalProperties':
      return `${where} : « ${String(given['additionalProperty']).slice(0, 60)} » est inconnu`;
    case 'required':
      return `${where} : « ${String(given['missingProperty'])} » manque`;
    case 'type':
      return `${where} : ${TYPES[String(given['type'])] ?? 'une autre valeur'} est attendu`;
    case 'enum':
      return `${where} : valeur inconnue ; admis : ${(given['allowedValues'] as readonly string[]).join(', ')}`;
    case 'pattern':
      return `${where} : valeur mal écrite`;
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

/** Beyond, the first ones are enough to mend the file. */
const SHOWN = 5;

function refusal(file: string | undefined, wrong: readonly string[], cause?: unknown): BenchError {
  const more = wrong.length > SHOWN ? ` ; et ${wrong.length - SHOWN} de plus` : '';
  return new BenchError(
    'DMP_OPTIONS',
    `Les réglages du DMP${file === undefined ? '' : ` (${file})`} ne se lisent pas : ${wrong.slice(0, SHOWN).join(' ; ')}${more}.`,
    'Le fichier tient en {"homologations":[…],"rights":{…}} ; « rights » a la forme de mocks/dmp/rights-matrix.json.',
    { cause },
  );
}
