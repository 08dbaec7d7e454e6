import { expect, it } from 'vitest';
import { frenchNumber } from './french-number.ts';

it.each([
  [100, 'CENT'],
  [271, 'DEUX-CENT-SOIXANTE-ET-ONZE'],
  [1000, 'MILLE'],
  [2064, 'DEUX-MILLE-SOIXANTE-QUATRE'],
  [1_000_000, 'UN-MILLION'],
  [2_100_001, 'DEUX-MILLIONS-CENT-MILLE-UN'],
])('%i is %s', (number, letters) => {
  expect(frenchNumber(number)).toBe(letters);
});
