import { describe, expect, it } from 'vitest';

import { meaningUnder } from './header.ts';
import { findSlot } from './index.ts';
import { codes, remOf, row, WAVE_1 } from './workbook.fixture.ts';
import type { Cell, Cells } from './workbook.fixture.ts';

const line = row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01', 'INS/va1.02.01.02');
const tall = (header: Cell): Cell => ({ value: typeof header === 'string' ? header : '', rowSpan: 2 });
const wide = (value: string, columnSpan: number): Cells => [
  { value, columnSpan },
  ...Array<null>(columnSpan - 1).fill(null),
];

describe('a header row under another', () => {
  it('takes the headers that are merged down from the row above', async () => {
    const { rem, messages } = await remOf(
      ['REM'],
      [...WAVE_1.slice(0, 9).map(tall), ...wide('Scénarios', 2), ...wide('Preuves', 6)],
      [...Array<null>(9).fill(null), ...WAVE_1.slice(9)],
      line,
    );
    expect(rem.mapping?.sheets[0]).toMatchObject({ headerRow: 3, ignored: [] });
    expect(rem.requirements[0]).toMatchObject({ id: 'INS/va1.02', profile: 'Général', function: 'Fonction' });
    expect(findSlot(rem, 'INS/va1.02.01.02')).toBeDefined();
    expect(codes(messages)).toEqual([]);
  });

  it('reads bare headers with the group that they stand under', async () => {
    const { rem, messages } = await remOf(
      [...wide('Exigence', 2), tall('Profil'), ...wide('Scénario', 2), ...wide('Preuve 1', 2), ...wide('Preuve 2', 2)],
      ['N°', 'Libellé', null, 'N°', 'Libellé', 'N°', 'Libellé', 'N°', 'Libellé'],
      ['INS/va1.02', 'Il DOIT', 'Général', 'INS/va1.02.01', 'S', 'INS/va1.02.01.01', 'A', 'INS/va1.02.01.02', 'B'],
    );
    expect(rem.requirements[0]).toMatchObject({
      id: 'INS/va1.02',
      statement: 'Il DOIT',
      profile: 'Général',
      scenarios: [{ id: 'INS/va1.02.01', text: 'S', proofs: [{ text: 'A' }, { text: 'B' }] }],
    });
    expect(codes(messages)).toEqual([]);
  });
});

describe('meaningUnder', () => {
  it.each([
    ['Preuve 3', 'N°', { pair: { part: 'id', rank: 3 } }],
    ['Preuve 3', 'Texte', { pair: { part: 'text', rank: 3 } }],
    ['Preuve 3', 'N° preuve', { pair: { part: 'id', rank: 3 } }],
    ['Preuves', 'N° preuve 2', { pair: { part: 'id', rank: 2 } }],
    ['Scénarios', 'Identifiant', { field: 'scenarioId' }],
    ['REM du couloir', 'ID', { field: 'requirementId' }],
    ['REM du couloir', 'Profil', { field: 'profile' }],
    ['', 'N°', undefined],
  ])('under « %s », « %s »', (group, header, meaning) => {
    expect(meaningUnder(group, header)).toEqual(meaning);
  });
});
