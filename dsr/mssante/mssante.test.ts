import { expect, it } from 'vitest';
import { isMssanteAddress } from './index.ts';

it.each<readonly [string, boolean]>([
  ['labo@pommeverte.mssante.fr', true],
  [' Labo.Pomme-Verte+1@LABO.Pommeverte.MSSANTE.FR ', true],
  [`${'a'.repeat(64)}@a.mssante.fr`, true],
  [`a@${'b'.repeat(63)}.mssante.fr`, true],
  [`${'a'.repeat(65)}@a.mssante.fr`, false],
  [`a@${'b'.repeat(64)}.mssante.fr`, false],
  ['labo@gmail.com', false],
  ['labo@pommeverte.fr', false],
  ['labo@mssante.fr', false],
  ['labo@pommevertemssante.fr', false],
  ['labo@pommeverte.mssante.fr.exemple.org', false],
  ['labo@pommeverte.mssante.fra', false],
  ['labo@pommeverte.mssantexfr', false],
  ['labo@-.mssante.fr', false],
  ['labo@a-.mssante.fr', false],
  ['labo@a..mssante.fr', false],
  ['labo@b@a.mssante.fr', false],
  ['<labo@a.mssante.fr>', false],
  ['labo verte@a.mssante.fr', false],
  ['@a.mssante.fr', false],
  ['', false],
])('%j is an address of MSSanté: %j', (text, expected) => {
  expect(isMssanteAddress(text)).toBe(expected);
});

it('answers at once to a long hostile text', () => {
  expect(isMssanteAddress(`a@${'a-'.repeat(50_000)}!`)).toBe(false);
  expect(isMssanteAddress(`a@${'a.'.repeat(50_000)}`)).toBe(false);
});
