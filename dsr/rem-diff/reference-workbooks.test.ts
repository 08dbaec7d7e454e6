import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../catalogue/index.ts';
import { readRem } from '../rem/index.ts';
import type { Category, Rem, Wave } from '../rem/index.ts';
import { compareRems } from './index.ts';

const FOLDER = new URL('../../../shared/rem/', import.meta.url);

async function read(fileName: string, category: Category, wave: Wave): Promise<Rem> {
  const reading = await readRem(readFileSync(new URL(fileName, FOLDER)), { category, wave, fileName });
  if (!reading.ok) throw new Error(reading.messages[0]?.message);
  return reading.rem;
}

// Skipped when the reference workbooks do not lie beside the checkout: they are not ours to distribute.
describe.skipIf(!existsSync(FOLDER))('reference workbooks (skipped when ../shared/rem is absent)', () => {
  it('finds no change of wording between the two layouts of one list', async () => {
    const diff = compareRems(
      await read('REM-SGL-va1.xlsx', 'SGL', 'va1'),
      await read('REM-SGL-va1-convergence.xlsx', 'SGL', 'va1'),
    );
    expect(diff.reworded).toEqual([]);
    expect(diff.renumbered).toEqual([]);
    expect(diff.added).toEqual([]);
    expect(diff.removed).toEqual([]);
    expect(diff.notCompared).toEqual(['block']);
  });

  it('accounts for both lists from one wave to the next', async () => {
    const [va1, va2] = [await read('REM-SGL-va1.xlsx', 'SGL', 'va1'), await read('REM-SGL-va2.xlsx', 'SGL', 'va2')];
    const diff = compareRems(va1, va2);
    expect(diff.fates.flatMap(({ before }) => before).toSorted()).toEqual(
      va1.requirements.map(({ id }) => id).toSorted(),
    );
    expect(diff.fates.flatMap(({ after }) => after).toSorted()).toEqual(
      va2.requirements.map(({ id }) => id).toSorted(),
    );
  });

  it('sees the one statement of the shared base that two couloirs word differently', async () => {
    const diff = compareRems(
      await read('REM-SGL-va2.xlsx', 'SGL', 'va2'),
      await read('REM-LGC-va2.xlsx', 'LGC', 'va2'),
    );
    expect(diff.reworded).toMatchObject([{ level: 'requirement' }]);
    expect(diff.moved.map(({ fields }) => fields)).toEqual([
      ['sectionTitle'],
      ['profile'],
      ['profile'],
      ['profile'],
      ['profile'],
    ]);
  });

  it('compares a workbook with the embedded catalogue by numbers only', async () => {
    const diff = compareRems(loadCatalogue('SGL', 'va1'), await read('REM-SGL-va1.xlsx', 'SGL', 'va1'));
    expect(diff.notCompared).toContain('wording');
    expect([diff.added, diff.removed, diff.reworded, diff.renumbered]).toEqual([[], [], [], []]);
  });
});
