import { describe, expect, it } from 'vitest';

import type { Rem } from './index.ts';
import { readSheets, row, WAVE_1 } from './workbook.fixture.ts';
import type { Cells } from './workbook.fixture.ts';

async function remOf(...rows: readonly Cells[]): Promise<Rem> {
  const reading = await readSheets([{ name: 'Exigences', rows: [WAVE_1, ...rows] }]);
  if (!reading.ok) throw new Error(reading.messages.map((message) => message.message).join(' '));
  return reading.rem;
}

const slots = (rem: Rem, requirement: number): readonly string[] =>
  rem.requirements[requirement]?.scenarios.flatMap(({ proofs }) => proofs.map(({ id }) => id)) ?? [];

const first = row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01');
const taking = row('INS/va1.25', 'INS/va1.25.01', 'INS/va1.09.01.01');
const late = row('INS/va1.02', 'INS/va1.02.02', 'INS/va1.09.01.01');

describe('numbers that are missing or taken', () => {
  it('go to the first requirement of the list, whatever the order of the rows', async () => {
    const apart = await remOf(first, taking, late);
    const sorted = await remOf(first, late, taking);
    expect(apart.requirements).toEqual(sorted.requirements);
    expect(slots(apart, 0)).toEqual(['INS/va1.02.01.01', 'INS/va1.09.01.01']);
    expect(slots(apart, 1)).toEqual(['INS/va1.09.01.01-2']);
  });

  it('are not repeated by the rows of another requirement that shares the scenario', async () => {
    const shared = (id: string): Cells => row(id, 'SCN_DB/CO.01', '', 'SCN_DB/CO.01.02', 'SCN_DB/CO.01.02');
    const rem = await remOf(shared('INS/va1.02'), shared('INS/va1.25'));
    expect(slots(rem, 0)).toEqual(['SCN_DB/CO.01.01', 'SCN_DB/CO.01.02']);
    expect(slots(rem, 1)).toEqual(slots(rem, 0));
  });

  it('leave to the others the number that they write', async () => {
    const rem = await remOf(row('INS/va1.02', 'INS/va1.02.01', '', 'INS/va1.02.01.01'));
    expect(slots(rem, 0)).toEqual(['INS/va1.02.01.02', 'INS/va1.02.01.01']);
  });

  it('are those of the first requirement that names a shared scenario', async () => {
    const other = row('INS/va1.25', '01', 'INS/va1.25.01.01');
    const rem = await remOf(first, other, row('INS/va1.02', 'INS/va1.25.01', 'INS/va1.25.01.01'));
    expect(rem.requirements[0]?.scenarios[1]).toMatchObject({ id: 'INS/va1.25.01', rawId: 'INS/va1.25.01' });
  });
});
