import { expect, it } from 'vitest';
import { instanceKey } from './index.ts';

it.each([
  ['INST-1', 'inst-1', true],
  ['Laboratoire  du\u00A0Pré ', 'laboratoire du pre\u0301', true],
  ['INST-1', 'INST-2', false],
  ['Pré', 'Pre', false],
])('%j and %j are one instance: %s', (one, other, same) => {
  expect(instanceKey(one) === instanceKey(other)).toBe(same);
});
