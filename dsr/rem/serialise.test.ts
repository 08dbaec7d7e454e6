import { describe, expect, it } from 'vitest';

import { loadCatalogue } from '../catalogue/index.ts';
import { parseRem, serialiseRem } from './serialise.ts';

const rem = loadCatalogue('SGL', 'va1');

describe('parseRem', () => {
  it('gives back what was serialised', () => {
    expect(parseRem(serialiseRem(rem))).toEqual(rem);
  });

  it.each([
    ['text', 'bonjour'],
    ['another format', serialiseRem(rem).replace('jalon-rem/1', 'jalon-rem/9')],
    ['a missing field', serialiseRem(rem).replaceAll('"evidenceClass"', '"class"')],
    ['an unknown nature', serialiseRem(rem).replace('"DOIT"', '"FAUT"')],
    ['nothing', 'null'],
  ])('refuses %s', (_, json) => {
    expect(() => parseRem(json)).toThrow(
      expect.objectContaining({ code: 'REM_DATA_INVALID', name: 'DsrError' }) as Error,
    );
  });
});
