import { Ajv } from 'ajv';

import { DsrError } from '../errors/index.ts';
import { loadKinds } from './kinds.ts';
import type { Overrule } from './overrule.ts';

const FORMAT = 'jalon-classement/1';

interface OverruleFile {
  readonly format: string;
  readonly overrules: readonly Overrule[];
}

const line = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength, pattern: '\\S' });

const validate = new Ajv().compile<OverruleFile>({
  type: 'object',
  required: ['format', 'overrules'],
  additionalProperties: false,
  properties: {
    format: { const: FORMAT },
    overrules: {
      type: 'array',
      maxItems: 20_000,
      items: {
        type: 'object',
        required: ['slot', 'reason', 'at'],
        anyOf: [{ required: ['kinds'] }, { required: ['evidenceClass'] }],
        additionalProperties: false,
        properties: {
          slot: line(200),
          kinds: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: [...loadKinds().keys()] } },
          evidenceClass: { enum: ['bench', 'rehearsal', 'human'] },
          reason: line(2000),
          at: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$' },
          author: line(200),
        },
      },
    },
  },
});

/** Overrules as JSON text, by slot so that two versions of the file compare line by line. */
export function serialiseOverrules(overrules: readonly Overrule[]): string {
  const sorted = [...overrules].sort((left, right) => left.slot.localeCompare(right.slot, 'fr', { numeric: true }));
  return `${JSON.stringify({ format: FORMAT, overrules: sorted }, null, 2)}\n`;
}

/**
 * Reads back what {@link serialiseOverrules} wrote.
 *
 * @throws DsrError `OVERRULES_INVALID` when the text is not JSON, is of another format or holds something else
 */
export function parseOverrules(json: string): readonly Overrule[] {
  const remedy =
    'Corrigez le fichier, ou supprimez-le et refaites les classements par « npm run jalon -- rem classify ».';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new DsrError('OVERRULES_INVALID', "Le fichier des classements n'est pas un document JSON lisible.", remedy, {
      cause,
    });
  }
  if (validate(value)) return value.overrules;
  const [fault] = validate.errors ?? [];
  const where = fault === undefined ? '' : ` (${fault.instancePath || '/'} : ${fault.keyword})`;
  throw new DsrError('OVERRULES_INVALID', `Le fichier des classements n'a pas la forme attendue${where}.`, remedy);
}
