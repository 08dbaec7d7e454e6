import { describe, expect, it } from 'vitest';
import { readInsiOptions } from './read-options.ts';
import { openInsi } from './testing-bench.ts';

describe('settings of INSi in a file', () => {
  it('keeps what is known', () => {
    const given = {
      idams: ['ABCDEFGHIJ'],
      vocabulary: { operations: { unit: { action: 'urn:x', element: 'X' } }, verification: { okCode: '10' } },
      faults: { desir_550: { code: 'desir_551' } },
    };
    expect(readInsiOptions(JSON.stringify({ source: 'WSDL 2.0', ...given }))).toEqual(given);
    expect(readInsiOptions('{}')).toEqual({});
  });

  it.each([
    ['{', 'pas du JSON'],
    ['[]', 'à la racine'],
    ['{"vocabulary":{"operations":{"unite":{}}}}', '« unite » est inconnu'],
    ['{"vocabulary":{"operations":{"unit":{"name":"x"}}}}', '« name » est inconnu'],
    ['{"faults":{"panne":{}}}', '« panne » est inconnu'],
    ['{"idams":[1]}', '/idams/0'],
  ])('refuses %s', (json, told) => {
    expect(() => readInsiOptions(json)).toThrow(told);
  });

  it('renames what the vendor knows better; the journal keeps the names of the bench', async () => {
    const options = readInsiOptions(
      '{"vocabulary":{"operations":{"unit":{"action":"urn:reel:verifier","element":"REEL","namespace":"urn:reel"}}}}',
    );
    const bench = await openInsi({}, options);
    try {
      const unit = bench.insi.operations.find(({ kind }) => kind === 'unit');
      expect(unit).toMatchObject({
        name: 'verifierIns',
        action: 'urn:reel:verifier',
        element: 'REEL',
        confirmed: true,
      });
    } finally {
      await bench.close();
    }
  });
});
