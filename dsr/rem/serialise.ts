import { Ajv, type ValidateFunction } from 'ajv';

import { DsrError } from '../errors/index.ts';
import type { Rem } from './types.ts';

const FORMAT = 'jalon-rem/1';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;

/** Array of objects whose named fields are all required; others are optional. */
const list = (
  required: Readonly<Record<string, unknown>>,
  optional: Readonly<Record<string, unknown>> = {},
): object => ({
  type: 'array',
  items: { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } },
});

const proofs = list(
  { id: text, rawId: text, text, kinds: texts, evidenceClass: { enum: ['bench', 'rehearsal', 'human'] } },
  {
    title: text,
    knownAs: text,
    alternatives: { type: 'array', items: texts },
    condition: text,
    classifiedBy: { enum: ['catalogue', 'wording', 'user'] },
    classifiedReason: text,
  },
);

const notes = { type: 'object', additionalProperties: text } as const;

const scenarios = list({ id: text, rawId: text, text, proofs }, { title: text, knownAs: text, notes });

const requirements = list(
  {
    id: text,
    rawId: text,
    previousIds: texts,
    profile: text,
    section: text,
    sectionTitle: text,
    block: text,
    function: text,
    nature: { enum: ['DOIT', 'PEUT'] },
    title: text,
    statement: text,
    scenarios,
  },
  {
    knownAs: text,
    numberReused: { const: true },
    sectionDerived: { const: true },
    observable: texts,
    observation: text,
    references: texts,
    notes,
    vendor: notes,
  },
);

const mapping = {
  type: 'object',
  required: ['sheets', 'otherSheets'],
  properties: {
    sheets: list({
      name: text,
      headerRow: { type: 'integer' },
      columns: list({ field: text, letter: text, header: text }),
      ignored: list({ letter: text, header: text }),
    }),
    otherSheets: texts,
  },
} as const;

interface RemFile {
  readonly format: string;
  readonly rem: Omit<Rem, 'obsolete'> & Partial<Pick<Rem, 'obsolete'>>;
}

const SCHEMA = {
  type: 'object',
  required: ['format', 'rem'],
  properties: {
    format: { const: FORMAT },
    rem: {
      type: 'object',
      required: ['category', 'wave', 'layout', 'sha256', 'source', 'requirements'],
      properties: {
        category: { type: 'string', pattern: '^[A-Z][A-Z0-9-]{1,19}$' },
        wave: { type: 'string', pattern: '^va[1-9]$' },
        layout: text,
        sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        source: text,
        requirements,
        obsolete: requirements,
        mapping,
      },
    },
  },
} as const;

let validator: ValidateFunction<RemFile> | undefined;

/** Compiled when something has to be read back: writing needs none. */
function validate(): ValidateFunction<RemFile> {
  validator ??= new Ajv().compile<RemFile>(SCHEMA);
  return validator;
}

/** A Rem as JSON text, to be kept in the data folder of a campaign. */
export function serialiseRem(rem: Rem): string {
  return `${JSON.stringify({ format: FORMAT, rem }, null, 1)}\n`;
}

/**
 * Reads back what {@link serialiseRem} wrote.
 *
 * @throws DsrError `REM_DATA_INVALID` when the text is not JSON, is of another format or lacks a field
 */
export function parseRem(json: string): Rem {
  const remedy = 'Réimportez la REM par « npm run jalon -- rem import ».';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new DsrError('REM_DATA_INVALID', "La REM enregistrée n'est pas un document JSON lisible.", remedy, { cause });
  }
  // A Rem kept before obsolete rows were has none.
  const isRem = validate();
  if (isRem(value)) return { ...value.rem, obsolete: value.rem.obsolete ?? [] };
  const [fault] = isRem.errors ?? [];
  const where = fault === undefined ? '' : ` (${fault.instancePath || '/'} : ${fault.keyword})`;
  throw new DsrError('REM_DATA_INVALID', `La REM enregistrée n'a pas la forme attendue${where}.`, remedy);
}
