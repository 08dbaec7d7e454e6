import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Traits } from '../model/index.ts';
import { plannedQueries } from './query.ts';

const TRAITS: Traits = {
  birthName: 'Étchéverry-O’Brien',
  firstNames: ['Zoé', 'Marie-Louise', 'Ann'],
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '2a020',
};

const shape = (traits: Traits) => plannedQueries(traits).map((query) => [query.firstNames, query.birthPlace]);

it('asks with one first name, then the others one by one, then all, then with the birth place', () => {
  expect(shape(TRAITS)).toEqual([
    [['ZOE'], undefined],
    [['MARIE-LOUISE'], undefined],
    [['ANN'], undefined],
    [['ZOE', 'MARIE-LOUISE', 'ANN'], undefined],
    [['ZOE', 'MARIE-LOUISE', 'ANN'], '2A020'],
  ]);
  expect(plannedQueries(TRAITS)[0]).toMatchObject({ birthName: "ETCHEVERRY-O'BRIEN", sex: 'F' });
});

it('asks nothing twice and invents no birth place', () => {
  const { birthPlace: _, ...without } = TRAITS;
  expect(shape({ ...without, firstNames: ['ZOE'] })).toEqual([[['ZOE'], undefined]]);
  expect(shape({ ...TRAITS, firstNames: ['ZOE', 'ZOÉ'], birthPlace: '?' })).toEqual([
    [['ZOE'], undefined],
    [['ZOE', 'ZOE'], undefined],
  ]);
});

it('is bounded, never repeats a call, and always begins with one first name', () => {
  const names = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(names, fc.string(), (firstNames, birthPlace) => {
      const queries = plannedQueries({ ...TRAITS, firstNames, birthPlace });
      expect(queries.length).toBeLessThanOrEqual(7);
      expect(new Set(queries.map((query) => JSON.stringify(query))).size).toBe(queries.length);
      expect(queries[0]?.firstNames.length).toBeLessThanOrEqual(1);
    }),
  );
});
