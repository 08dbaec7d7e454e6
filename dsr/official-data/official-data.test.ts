import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDataFile, versionText, waveNumber, type DataReading } from './index.ts';

const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'list'],
  properties: {
    version: { const: '1' },
    list: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          kind: { enum: ['a', 'b'] },
          date: { type: 'string', pattern: '^\\d{4}$', description: 'une année' },
          count: { type: 'integer', minimum: 1 },
        },
      },
    },
  },
};

const codesOf = (reading: DataReading<unknown>): readonly string[] =>
  reading.ok ? [] : reading.problems.map(({ code, path, remedy }) => `${code} ${path} ${remedy}`);

describe('a file of official figures', () => {
  it('is read with or without mark', () => {
    const value = { version: '1', list: [{ kind: 'a', date: '2022', count: 1 }] };
    expect(readDataFile(JSON.stringify(value), SCHEMA)).toEqual({ ok: true, value });
    expect(readDataFile(`\uFEFF${JSON.stringify(value)}`, SCHEMA)).toEqual({ ok: true, value });
  });

  it('tells all that is wrong, each in its place with what to do', () => {
    const wrong = { version: '2', list: [{ kind: 'c', date: 'x', count: 0 }, { count: 'x' }], more: 1 };
    expect(codesOf(readDataFile(JSON.stringify(wrong), SCHEMA)).toSorted()).toEqual([
      'DATA_FORM /list/0/count Le schéma demande « minimum » : {"comparison":">=","limit":1}.',
      'DATA_FORM /list/0/date Attendu : une année',
      'DATA_TYPE /list/1/count Écrivez un nombre entier, sans guillemets.',
      'DATA_UNKNOWN_FIELD  Retirez-le ou corrigez son nom : le schéma les donne tous.',
      'DATA_VALUE /list/0/kind Choisissez parmi : a, b.',
      'DATA_VALUE /version Écrivez « 1 ».',
    ]);
    expect(codesOf(readDataFile('{}', SCHEMA))).toEqual(['DATA_MISSING  Ajoutez-le.', 'DATA_MISSING  Ajoutez-le.']);
  });

  it('is refused when it is no JSON, in one sentence', () => {
    for (const text of ['', '{', 'oui', '\u0000']) {
      expect(codesOf(readDataFile(text, SCHEMA))).toEqual([
        'DATA_NOT_JSON  Corrigez-le, ou repartez de l’exemple livré à côté du schéma.',
      ]);
    }
  });

  it('tells a hundred faults at most', () => {
    const list = Array.from({ length: 500 }, () => ({ kind: 'c' }));
    expect(codesOf(readDataFile(JSON.stringify({ version: '1', list }), SCHEMA))).toHaveLength(100);
  });

  it('never makes the reading fail', () => {
    fc.assert(fc.property(fc.json(), (text) => void readDataFile(text, SCHEMA)));
  });
});

it.each([
  ['1', '1'],
  [' va2 ', '2'],
  ['Vague 1', '1'],
  ['VA1', '1'],
  ['12', '12'],
  ['va', 'va'],
  ['xva1', 'xva1'],
])('%j is the wave %j', (text, number) => expect(waveNumber(text)).toBe(number));

it('an edition is named with its file', () => {
  expect(versionText({ version: 'v', source: 's' })).toBe('v (s)');
  expect(versionText({ version: 'v', source: 's', file: 'f.json' })).toBe('v (s ; fichier f.json)');
});
