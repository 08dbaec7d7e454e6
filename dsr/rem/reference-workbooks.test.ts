import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { loadCatalogue } from '../catalogue/index.ts';
import { findSlot, readRem, slotsOf, toImportReport } from './index.ts';
import type { Category, Wave } from './index.ts';

const FOLDER = new URL('../../../shared/rem/', import.meta.url);

async function read(file: string, category: Category, wave: Wave) {
  const reading = await readRem(readFileSync(new URL(file, FOLDER)), { category, wave, fileName: file });
  if (!reading.ok) throw new Error(reading.messages[0]?.message);
  return reading;
}

// Skipped when the reference workbooks do not lie beside the checkout: they are not ours to distribute.
describe.skipIf(!existsSync(FOLDER))('reference workbooks (skipped when ../shared/rem is absent)', () => {
  it.each([
    ['REM-SGL-va1.xlsx', 'SGL', 'va1', 'rem-wave1', 126, 142, 206],
    ['REM-SGL-va1-convergence.xlsx', 'SGL', 'va1', 'convergence', 126, 142, 206],
    ['REM-SGL-va2.xlsx', 'SGL', 'va2', 'rem-wave1', 102, 125, 156],
    ['REM-LGC-va2.xlsx', 'LGC', 'va2', 'rem-wave1', 123, 114, 144],
  ] as const)('%s', async (file, category, wave, layout, requirements, scenarios, proofs) => {
    const { rem, messages } = await read(file, category, wave);
    expect(toImportReport(rem, messages)).toMatchObject({ category, wave, layout, requirements, scenarios, proofs });
  });

  it.each(['REM-SGL-va1.xlsx', 'REM-SGL-va1-convergence.xlsx'])(
    '%s agrees with the embedded catalogue',
    async (file) => {
      const { rem, messages } = await read(file, 'SGL', 'va1');
      const catalogue = loadCatalogue('SGL', 'va1');
      const facts = (source: typeof rem) =>
        new Map(
          source.requirements.map((one) => [
            one.id,
            [one.nature, one.profile, one.section, one.title, one.previousIds],
          ]),
        );
      expect(facts(rem)).toEqual(facts(catalogue));
      for (const { slot } of slotsOf(rem.requirements)) {
        expect(findSlot(catalogue, slot.id)?.slot).toMatchObject({
          rawId: slot.rawId,
          title: slot.title,
          kinds: slot.kinds,
          evidenceClass: slot.evidenceClass,
        });
      }
      expect(messages.map((message) => message.code).sort()).toEqual(['C13', 'J01', 'J01', 'J01', 'J01', 'J05']);
    },
  );
});
