import { describe, expect, it } from 'vitest';

import { MAX_FORMER_IDS, readFormerIds } from './former-ids.ts';
import { remOf, row, WAVE_1 } from './workbook.fixture.ts';

describe('readFormerIds', () => {
  it.each([
    ['SGL.INS.32; sgl.ins.33,SGL.INS.34\nSGL.INS.35', ['SGL.INS.32', 'SGL.INS.33', 'SGL.INS.34', 'SGL.INS.35']],
    ['SGL.INS.32 et SGL.INS.33 ET SGL.INS.34', ['SGL.INS.32', 'SGL.INS.33', 'SGL.INS.34']],
    ['SGL.INS.08 à 10', ['SGL.INS.08', 'SGL.INS.09', 'SGL.INS.10']],
    ['SGL.INS.8 à SGL.INS.10', ['SGL.INS.8', 'SGL.INS.9', 'SGL.INS.10']],
    ['SGL.INS.32-34', ['SGL.INS.32', 'SGL.INS.33', 'SGL.INS.34']],
    ['SGL.INS.32 – 33 ; INS/va1.01', ['SGL.INS.32', 'SGL.INS.33', 'INS/va1.01']],
    ['SGL.INS.32 ; SGL.INS.32', ['SGL.INS.32']],
    ['', []],
    ['-', []],
    ['N/A', []],
    ['Nouvelle exigence', []],
  ])('reads %j', (cell, ids) => {
    expect(readFormerIds(cell)).toEqual({ ids, odd: [], more: 0 });
  });

  it.each([
    ['SGL.INS.32 à SGL.DMP.36', 'SGL.INS.32 À SGL.DMP.36'],
    ['SGL.INS.01 à 9999', 'SGL.INS.01 À 9999'],
    ['SGL.INS.36 à 32', 'SGL.INS.36 À 32'],
    ['voir plus haut', 'VOIR PLUS HAUT'],
  ])('keeps %j and says that it is odd', (cell, odd) => {
    expect(readFormerIds(cell)).toEqual({ ids: [odd], odd: [odd], more: 0 });
  });

  it('is bounded', () => {
    const cell = Array.from({ length: 500 }, (_, index) => `SGL.INS.${index * 10} à ${index * 10 + 9}`).join(';');
    const { ids, more } = readFormerIds(cell);
    expect(ids).toHaveLength(MAX_FORMER_IDS);
    expect(more).toBeGreaterThan(0);
  });

  it('gives back what it gave', () => {
    for (const cell of ['SGL.INS.32 à 36', 'A.1 – 3; x y', 'a\u200B+\u200Bb', 'A；B.01']) {
      const { ids } = readFormerIds(cell);
      expect(readFormerIds(ids.join('; ')).ids).toEqual(ids);
    }
  });
});

it('an import says what it could not read in that column', async () => {
  const line = [...row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01'), null, null, null, null];
  const { rem, messages } = await remOf([...WAVE_1, 'VA N-1'], [...line, 'SGL.INS.32 à 34, l’ancienne']);
  expect(rem.requirements[0]?.previousIds).toEqual(
    expect.arrayContaining(['SGL.INS.32', 'SGL.INS.33', 'SGL.INS.34', 'L’ANCIENNE']),
  );
  expect(messages).toEqual([expect.objectContaining({ code: 'J12', row: 2, column: 'VA N-1', value: 'L’ANCIENNE' })]);
});
