import { Ajv2020 } from 'ajv/dist/2020.js';
import { CODED_METADATA } from '#formats/ebrim/index.ts';
import { readSettings, settingsRefused, type SettingsKind } from '../settings-file.ts';
import { RIGHTS, type RightsMatrix, type Selector } from './rights-matrix.ts';
import type { DmpOptions } from './service.ts';
import { type CodeSet, type CodeSets, SHIPPED_CODES } from './td21/code-sets.ts';
import authentication from './vihf/authentication.json' with { type: 'json' };
import { HOMOLOGATION_SHAPE } from './vihf/homologation.ts';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const OID_SHAPE = String.raw`^\d+(\.\d+)+$`;
const oid = { type: 'string', pattern: OID_SHAPE, maxLength: 64 } as const;
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

const many = (items: object): object => ({ type: 'array', items, maxItems: 200_000 });
/** In the form of the lists of the checks, so that one file serves both. */
const CODES = table([], {
  source: remark,
  lists: many(
    table(['metadata', 'name'], {
      source: remark,
      metadata: oneOf(CODED_METADATA),
      name: text,
      complete: yesOrNo,
      systems: many(text),
      codes: many(table(['code', 'system'], { code: text, system: text })),
    }),
  ),
  classOfType: many(table(['typeCode', 'classCode'], { typeCode: text, classCode: text })),
  forbiddenTogether: many(many(text)),
});

const SCHEMA = table([], {
  source: remark,
  codes: CODES,
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

const KIND: SettingsKind = {
  code: 'DMP_OPTIONS',
  whose: 'du DMP',
  shapes: {
    [HOMOLOGATION_SHAPE.source]: '64 lettres sans accent, chiffres, points ou tirets au plus',
    [OID_SHAPE]: 'un OID (1.2.250…)',
  },
  remedy:
    'Le fichier tient en {"homologations":[…],"rights":{…},"codes":{…}} ; « rights » a la forme de mocks/dmp/rights-matrix.json, « codes » celle que montre checks/xds/README.md.',
};

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
  readonly codes?: GivenCodes;
}
/** As the checks read them: a list is not complete unless it says so. */
type GivenCodes = Partial<
  Omit<CodeSets, 'lists'> & {
    readonly lists: readonly (Pick<CodeSet, 'metadata' | 'name'> & Partial<CodeSet> & { readonly source?: string })[];
  }
>;

/**
 * Reads the settings of the DMP that a vendor gives in a file: the homologation numbers that are known, the rights
 * matrix, which is not public, and the value sets of the metadata, which are not embedded.
 *
 * @param json text of the file: `{"homologations":[…],"rights":{…},"codes":{…}}`, all optional; `rights` has the form of
 *   `rights-matrix.json`, a part that is given takes the place of the whole part there; `source` is a free remark
 * @param file its name, for the sentence
 * @throws {BenchError} `DMP_OPTIONS` telling each thing wrong, its place in the file and what is admitted
 */
export function readDmpOptions(json: string, file?: string): DmpOptions {
  const validate = new Ajv2020({ allErrors: true }).compile<Given>(SCHEMA);
  const value = readSettings(json, validate, KIND, file);
  const { homologations, rights, codes } = value;
  const matrix = rights && completed(rights);
  const wrong = matrix ? unknownSelectors(matrix) : [];
  if (wrong.length > 0) throw settingsRefused(KIND, file, wrong);
  return {
    ...(homologations !== undefined && { homologations }),
    ...(matrix !== undefined && { rights: matrix }),
    ...(codes !== undefined && { codes: codeSets(codes) }),
  };
}

/** Parts that are left out, or empty, stay as they are shipped. */
function codeSets({ lists = [], classOfType = [], forbiddenTogether = [] }: GivenCodes): CodeSets {
  return {
    lists: lists.map((given) => {
      const { source: _, complete = false, codes = [], ...list } = given;
      return { ...list, complete, codes };
    }),
    classOfType: classOfType.length > 0 ? classOfType : SHIPPED_CODES.classOfType,
    forbiddenTogether: forbiddenTogether.length > 0 ? forbiddenTogether : SHIPPED_CODES.forbiddenTogether,
  };
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
