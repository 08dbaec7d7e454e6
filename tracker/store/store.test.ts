import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { RunRecord, ScenarioResult } from '../types.ts';
import { openTracker } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
const SLOTS = slotsOf(REM.requirements);
const BENCH_SLOT = SLOTS.find(({ slot }) => slot.evidenceClass === 'bench')!.slot;
const HUMAN_SLOT = SLOTS.find(({ slot }) => slot.evidenceClass === 'human')!.slot;

const folder = (): string => mkdtempSync(join(tmpdir(), 'jalon-suivi-'));

function scenario(
  slot: { id: string; evidenceClass: 'bench' | 'rehearsal' | 'human' },
  verdict: ScenarioResult['verdict'],
): ScenarioResult {
  return {
    id: `essai/${slot.id}`,
    feature: 'Essai',
    name: 'essai',
    requirements: [],
    slots: [slot.id],
    verdict,
    reason: '',
    durationMs: 1,
    findings: [],
    otherFindings: [],
    steps: [],
    pieces:
      verdict === 'conforme'
        ? [
            {
              slot: slot.id,
              path: 'preuves/x/01-piece.txt',
              provenance: {
                slot: slot.id,
                requirement: 'X',
                scenario: 'essai',
                evidenceClass: slot.evidenceClass,
                caption: 'essai',
                product: { name: 'Labo', version: '1' },
                driver: 'reference',
                rem: { category: 'SGL', wave: 'va1', source: 'catalogue', sha256: REM.sha256 },
                run: 'r',
                verdict,
                collectedAt: '2026-01-01T00:00:00.000Z',
                benchVersion: '0',
                file: '01-piece.txt',
                mediaType: 'text/plain',
                size: 1,
                sha256: 'a',
                originalSha256: 'a',
                masked: false,
              },
            },
          ]
        : [],
  };
}

function run(id: string, scenarios: readonly ScenarioResult[], version = '1'): RunRecord {
  return {
    id,
    category: 'SGL',
    wave: 'va1',
    profiles: ['general'],
    rem: { source: 'catalogue', sha256: REM.sha256 },
    product: { name: 'Labo', version },
    driver: 'reference',
    faults: [],
    benchVersion: '0',
    startedAt: `2026-01-01T00:00:0${id.length}.000Z`,
    endedAt: `2026-01-01T00:01:0${id.length}.000Z`,
    lifecycle: 'finished',
    verdict: 'conforme',
    durationMs: 1,
    scenarios,
    unexpected: [],
  };
}

describe('tracker store', () => {
  it('fills slots by the rules of the domain and remembers after closing', async () => {
    const dataDir = folder();
    const tracker = await openTracker({ dataDir });
    const statuses = await tracker.recordRun({
      run: run('a', [scenario(BENCH_SLOT, 'conforme'), scenario(HUMAN_SLOT, 'conforme')]),
      rem: REM,
      runDir: '/r/a',
    });
    await tracker.close();
    expect(statuses).toHaveLength(SLOTS.length);
    expect(statuses.find(({ slot }) => slot === BENCH_SLOT.id)?.state).toBe('recueillie');
    expect(statuses.find(({ slot }) => slot === HUMAN_SLOT.id)?.state).toBe('rejouee');

    const again = await openTracker({ dataDir });
    const campaign = await again.currentCampaign();
    expect(campaign).toMatchObject({ product: 'Labo', version: '1', remSha256: REM.sha256 });
    expect((await again.slotStatuses(campaign!.id)).map(({ slot }) => slot).toSorted()).toEqual(
      [BENCH_SLOT.id, HUMAN_SLOT.id].toSorted(),
    );
    expect(await again.piecesOf(campaign!.id, BENCH_SLOT.id)).toMatchObject([{ run: 'a', dir: '/r/a' }]);
    expect((await again.rem(REM.sha256))?.requirements).toHaveLength(REM.requirements.length);
    await again.close();
  });

  it('turns a collected slot to review when the product no longer shows it', async () => {
    const tracker = await openTracker({ dataDir: folder() });
    await tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' });
    const after = await tracker.recordRun({
      run: run('bb', [scenario(BENCH_SLOT, 'non-conforme')]),
      rem: REM,
      runDir: '/r/bb',
    });
    expect(after.find(({ slot }) => slot === BENCH_SLOT.id)?.state).toBe('a-revoir');
    expect((await tracker.runs()).map(({ id }) => id)).toEqual(['bb', 'a']);
    await tracker.close();
  });

  it('neither fills nor empties a slot by a product made faulty on purpose', async () => {
    const tracker = await openTracker({ dataDir: folder() });
    const faulty = { ...run('a', [scenario(BENCH_SLOT, 'conforme')]), faults: ['faute'] };
    const statuses = await tracker.recordRun({ run: faulty, rem: REM, runDir: '/r/a' });
    expect(statuses.every(({ state }) => state === 'vide')).toBe(true);
    const campaign = await tracker.currentCampaign();
    expect(await tracker.piecesOf(campaign!.id, BENCH_SLOT.id)).toEqual([]);
    await tracker.close();
  });

  it('starts from empty slots for another version of the product', async () => {
    const tracker = await openTracker({ dataDir: folder() });
    await tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' });
    const other = await tracker.recordRun({ run: run('bb', [], '2'), rem: REM, runDir: '/r/bb' });
    expect(other.every(({ state }) => state === 'vide')).toBe(true);
    await tracker.close();
  });

  it('keeps nothing of a run that cannot be kept whole', async () => {
    const tracker = await openTracker({ dataDir: folder() });
    await tracker.recordRun({ run: run('a', []), rem: REM, runDir: '/r/a' });
    await expect(
      tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' }),
    ).rejects.toThrow();
    const campaign = await tracker.currentCampaign();
    expect(await tracker.slotStatuses(campaign!.id)).toEqual([]);
    await tracker.close();
  });

  it('never lets the audit be rewritten', async () => {
    const dataDir = folder();
    const tracker = await openTracker({ dataDir });
    await tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' });
    await tracker.close();
    const raw = new DatabaseSync(join(dataDir, 'suivi.sqlite'));
    expect(raw.prepare('SELECT action FROM audit ORDER BY id').all()).toHaveLength(2);
    expect(() => raw.exec("UPDATE audit SET detail = ''")).toThrow('append-only');
    expect(() => raw.exec('DELETE FROM audit')).toThrow('append-only');
    raw.close();
  });

  it('says what to do with a file that is no database, or from a later Jalon', async () => {
    const broken = folder();
    writeFileSync(join(broken, 'suivi.sqlite'), 'pas une base, '.repeat(100));
    await expect(openTracker({ dataDir: broken })).rejects.toMatchObject({ code: 'TRACKER_UNREADABLE' });
    const newer = folder();
    const raw = new DatabaseSync(join(newer, 'suivi.sqlite'));
    raw.exec('PRAGMA user_version = 999');
    raw.close();
    await expect(openTracker({ dataDir: newer })).rejects.toMatchObject({ code: 'TRACKER_NEWER' });
  });
});
