import { Ajv2020 } from 'ajv/dist/2020.js';
import { readSettings, type SettingsKind } from '../settings-file.ts';
import operations from './operations.json' with { type: 'json' };
import { FAULT_NAMES } from './faults.ts';
import type { InsiOptions } from './settings.ts';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;

function only(names: readonly string[], value: object): object {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, value])),
    additionalProperties: false,
  };
}

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    source: text,
    idams: { type: 'array', items: text },
    vocabulary: {
      type: 'object',
      additionalProperties: false,
      properties: {
        operations: only(Object.keys(operations.operations), only(['action', 'element', 'namespace'], text)),
        verification: only(
          Object.keys(operations.verification).filter((name) => name !== 'confirmed'),
          text,
        ),
      },
    },
    faults: only(FAULT_NAMES, only(['subcode', 'code', 'severity', 'text'], text)),
  },
};

const KIND: SettingsKind = {
  code: 'INSI_OPTIONS',
  whose: 'd’INSi',
  remedy: 'Les noms admis sont ceux de mocks/insi/operations.json et mocks/insi/faults.json.',
};

/**
 * Reads the settings of INSi that a vendor gives in a file: the names and codes that no public source confirms, and the
 * authorisation numbers that are known.
 *
 * @param json text of the file: `{"idams":[…],"vocabulary":{"operations":{…},"verification":{…}},"faults":{…}}`, all optional;
 *   the names are those of `operations.json` and `faults.json`; `source` is a free remark
 * @param file its name, for the sentence
 * @throws {BenchError} `INSI_OPTIONS` telling each thing wrong and what is known
 */
export function readInsiOptions(json: string, file?: string): InsiOptions {
  const validate = new Ajv2020({ allErrors: true }).compile<InsiOptions>(SCHEMA);
  const { idams, vocabulary, faults } = readSettings(json, validate, KIND, file);
  return {
    ...(idams !== undefined && { idams }),
    ...(vocabulary !== undefined && { vocabulary }),
    ...(faults !== undefined && { faults }),
  };
}
