import { expect, it } from 'vitest';
import { isUnder } from './paths.ts';

it.each([
  ['dmp/blocage#1', 'dmp/blocage#1', true],
  ['dmp/blocage#1', 'dmp/blocage#12', false],
  ['dmp/blocage', 'dmp/blocage#12', true],
  ['dmp/blocage', 'dmp/blocage-urgent#1', false],
  ['dmp/', 'dmp/blocage#1', true],
  ['dmp', 'dmp/blocage#1', false],
])('under %s, %s: %s', (path, id, under) => {
  expect(isUnder(path, id)).toBe(under);
});
