import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applicableRequirements, loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import { addDays, parseCivilDate } from '#dsr/dates/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { bookOf } from './orders.fixture.ts';
import { jalon, workFolder } from './testing.ts';
import { withProgress } from './window-forecast.ts';

const REM = loadCatalogue('SGL', 'va1');
const PROFILES = ['general'];
const MANDATORY = slotsOf(applicableRequirements(REM, PROFILES).filter(({ nature }) => nature === 'DOIT'));
const BENCH = MANDATORY.filter(({ slot }) => slot.evidenceClass === 'bench').map(({ slot }) => slot.id);
const START = parseCivilDate('2022-03-01')!;
const TODAY = addDays(START, 28);

/** A run that shows the first so many slots. */
function runOf(id: string, on: string, slots: number): RunRecord {
  const shown = BENCH.slice(0, slots);
  return {
    id,
    category: 'SGL',
    wave: 'va1',
    profiles: PROFILES,
    rem: { source: 'catalogue', sha256: REM.sha256 },
    product: { name: 'LaboExemple', version: '7.2' },
    driver: 'reference',
    faults: [],
    benchVersion: '0',
    startedAt: `${on}T08:00:00.000Z`,
    endedAt: `${on}T09:00:00.000Z`,
    lifecycle: 'finished',
    verdict: 'conforme',
    durationMs: 1,
    scenarios: shown.map((slot) => ({
      id: `essai/${slot}`,
      feature: 'Essai',
      name: 'essai',
      requirements: [],
      slots: [slot],
      verdict: 'conforme',
      reason: '',
      durationMs: 1,
      findings: [],
      otherFindings: [],
      steps: [],
      pieces: [{ slot, path: 'preuve.txt' } as RunRecord['scenarios'][number]['pieces'][number]],
    })),
    unexpected: [],
  };
}

describe('the forecast of a working folder', () => {
  it('rests on the runs of the campaign of that couloir and wave', async () => {
    const dataDir = workFolder();
    const tracker = await openTracker({ dataDir });
    for (const [week, slots] of [1, 3, 5, 7, 9].entries()) {
      const run = runOf(`run-${week}`, addDays(START, 7 * week), slots);
      await tracker.recordRun({ run, rem: REM, runDir: '/runs' });
    }
    const other = { ...runOf('autre', START, 1), product: { name: 'Autre produit', version: '1' } };
    await tracker.recordRun({ run: other, rem: REM, runDir: '/runs' });
    await tracker.importOrders(bookOf(['BC-1', '2022-02-14']), { at: '2022-03-01T00:00:00.000Z', by: 'test' });
    await tracker.close();
    const found = await withProgress(dataDir, TODAY, async (progressOf) => ({
      sgl: await progressOf('SGL', '1'),
      named: await progressOf('SGL', '1', 'Autre produit'),
      other: await progressOf('SGL', '2'),
      loinc: await progressOf('LOINC', '1'),
    }));
    expect([found.other, found.loinc]).toEqual([undefined, undefined]);
    expect(found.named).toMatchObject({ product: 'Autre produit 1', forecast: { why: ['not-enough-completions'] } });
    expect(BENCH.length).toBeGreaterThan(9);
    const remaining = MANDATORY.length - 9;
    const weeks = Math.ceil(remaining / 2);
    expect(found.sgl).toMatchObject({
      total: MANDATORY.length,
      remaining,
      forecast: { kind: 'range', weeks: [2, 2, 2, 2], to: addDays(TODAY, 7 * weeks) },
    });
    const { out } = await jalon('orders', 'window', '--data', dataDir, '--today', TODAY);
    expect(out).toContain(`Preuves de LaboExemple 7.2 : ${remaining} à compléter sur ${MANDATORY.length}`);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('Au rythme constaté (2 preuves par semaine sur 4 semaines)');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('1 commande et 27 450 € HT sortent de la fenêtre');
  });

  it('is none without a folder, and makes none', async () => {
    const dataDir = join(workFolder(), 'absent');
    expect(await withProgress(dataDir, TODAY, (progressOf) => progressOf('SGL', '1'))).toBeUndefined();
    expect(existsSync(dataDir)).toBe(false);
  });
});
