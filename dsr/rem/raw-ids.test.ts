import { describe, expect, it } from 'vitest';

import { idsOfCell, visibleId } from './id.ts';
import { codes, remOf, row, WAVE_1 } from './workbook.fixture.ts';

describe('ids as the cell holds them', () => {
  const odd = ['\u00A0INS/va1.02', 'INS/va1.02\u202F', 'INS/va1.02\u200B', '  INS/va1.02 ', 'INS/va1.02\n'];

  it.each(odd)('keeps %j whole, reads it clean and says so', async (raw) => {
    const scenario = raw.replace('.02', '.02.01');
    const proof = raw.replace('.02', '.02.01.01');
    const { rem, messages } = await remOf(WAVE_1, row(raw, scenario, proof));
    const [requirement] = rem.requirements;
    expect(requirement).toMatchObject({ id: 'INS/va1.02', rawId: raw });
    expect(requirement?.scenarios[0]).toMatchObject({ id: 'INS/va1.02.01', rawId: scenario });
    expect(requirement?.scenarios[0]?.proofs[0]).toMatchObject({ id: 'INS/va1.02.01.01', rawId: proof });
    expect(codes(messages)).toEqual(['J05', 'J05', 'J05']);
    expect(messages[0]).toMatchObject({ value: visibleId(raw) });
    expect(messages[0]?.message).toContain(visibleId(raw));
  });

  it.each([
    [' INS.01  ', '␣INS.01␣␣'],
    ['\u00A0INS .01', '[U+00A0]INS .01'],
    ['INS\u202F.01\u200B', 'INS[U+202F].01[U+200B]'],
    ['INS.01\n', 'INS.01[U+000A]'],
    ['INS.01', 'INS.01'],
  ])('shows %j as %s', (raw, shown) => {
    expect(visibleId(raw)).toBe(shown);
  });

  it('takes a cell of spaces and quotes for an empty one', async () => {
    const { rem, messages } = await remOf(
      WAVE_1,
      row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01'),
      row('INS/va1.25', '\u200B', "'"),
    );
    expect(rem.requirements[1]?.scenarios[0]).toMatchObject({ id: 'INS/va1.25.01', rawId: '' });
    expect(rem.requirements[1]?.scenarios[0]?.proofs[0]).toMatchObject({ id: 'INS/va1.25.01.01', rawId: '' });
    expect(codes(messages)).toEqual(['J08', 'J10']);
  });
});

describe('several ids in a cell', () => {
  it.each([
    ['INS/va1.01 INS/va1.02\u00A0DMP/UX.14', ['INS/va1.01', 'INS/va1.02', 'DMP/UX.14']],
    ['SSI/GEN.02 BIS SSI/GEN.03', ['SSI/GEN.02 BIS', 'SSI/GEN.03']],
    ['SSI/GEN.02 bis', ['SSI/GEN.02 bis']],
    ['INS/va1.01; INS/va1.02 INS/va1.03', ['INS/va1.01', 'INS/va1.02', 'INS/va1.03']],
    ['INS / va1 . 28', ['INS / va1 . 28']],
    ['voir INS/va1.01', ['voir INS/va1.01']],
    ['\u200B', []],
  ])('reads %j', (cell, ids) => {
    expect(idsOfCell(cell)).toEqual(ids);
  });
});
