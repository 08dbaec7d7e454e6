import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { RunRecord, ScenarioResult } from '../types.ts';
import { onBothStores } from './both-stores.fixture.ts';
import { openTracker } from './index.ts';
import { runLines } from './read.ts';
import { recordRun } from './record-run.ts';
import { openSqlite } from './sqlite.ts';
import { auditOf, refuseRows, rewritings, withRaw } from './raw.fixture.ts';

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

onBothStores('the tracker store', (place) => {
  it('fills slots by the rules of the domain and remembers after closing', async () => {
    const where = await place();
    const tracker = await openTracker(where);
    const statuses = await tracker.recordRun({
      run: run('a', [scenario(BENCH_SLOT, 'conforme'), scenario(HUMAN_SLOT, 'conforme')]),
      rem: REM,
      runDir: '/r/a',
    });
    await tracker.close();
    expect(statuses).toHaveLength(SLOTS.length);
    expect(statuses.find(({ slot }) => slot === BENCH_SLOT.id)?.state).toBe('recueillie');
    expect(statuses.find(({ slot }) => slot === HUMAN_SLOT.id)?.state).toBe('rejouee');

    const again = await openTracker(where);
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
    const tracker = await openTracker(await place());
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
    const tracker = await openTracker(await place());
    const faulty = { ...run('a', [scenario(BENCH_SLOT, 'conforme')]), faults: ['faute'] };
    const statuses = await tracker.recordRun({ run: faulty, rem: REM, runDir: '/r/a' });
    expect(statuses.every(({ state }) => state === 'vide')).toBe(true);
    const campaign = await tracker.currentCampaign();
    expect(await tracker.piecesOf(campaign!.id, BENCH_SLOT.id)).toEqual([]);
    await tracker.close();
  });

  it('starts from empty slots for another version of the product', async () => {
    const tracker = await openTracker(await place());
    await tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' });
    const other = await tracker.recordRun({ run: run('bb', [], '2'), rem: REM, runDir: '/r/bb' });
    expect(other.every(({ state }) => state === 'vide')).toBe(true);
    await tracker.close();
  });

  it('keeps nothing of a run that cannot be kept whole', async () => {
    const tracker = await openTracker(await place());
    await tracker.recordRun({ run: run('a', []), rem: REM, runDir: '/r/a' });
    await expect(
      tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' }),
    ).rejects.toThrow();
    const campaign = await tracker.currentCampaign();
    expect(await tracker.slotStatuses(campaign!.id)).toEqual([]);
    expect(await tracker.piecesOfRun('a')).toEqual([]);
    await tracker.close();
  });

  it('keeps nothing of a run whose last line of audit is refused', async () => {
    const where = await place();
    const tracker = await openTracker(where);
    await refuseRows(where, 'audit', "NEW.action <> 'exécution enregistrée'");
    const given = { run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' };
    await expect(tracker.recordRun(given)).rejects.toThrow('panne');
    expect(await tracker.campaigns()).toEqual([]);
    expect(await tracker.runs()).toEqual([]);
    expect(await tracker.rem(REM.sha256)).toBeUndefined();
    expect(await tracker.piecesOfRun('a')).toEqual([]);
    expect(await auditOf(where)).toEqual([]);
    await tracker.close();
  });

  it('never lets the audit be rewritten', async () => {
    const where = await place();
    const tracker = await openTracker(where);
    await tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' });
    await tracker.close();
    const before = await auditOf(where);
    expect(before).toHaveLength(2);
    for (const sql of rewritings(where, 'audit', 'detail')) {
      await withRaw(where, (raw) => expect(raw.exec(sql), sql).rejects.toThrow('append-only'));
    }
    expect(await auditOf(where)).toEqual(before);
  });

  it('keeps what two trackers of the same place record in turn', async () => {
    const where = await place();
    const both = await Promise.all([openTracker(where), openTracker(where)]);
    for (const [rank, tracker] of [...both, ...both].entries()) {
      const id = 'a'.repeat(rank + 1);
      await tracker.recordRun({ run: run(id, [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: `/r/${id}` });
    }
    expect(await both[0]?.campaigns()).toHaveLength(1);
    expect((await both[1]?.runs())?.map(({ id }) => id)).toEqual(['aaaa', 'aaa', 'aa', 'a']);
    expect(await both[0]?.verifyAudit()).toBeUndefined();
    for (const tracker of both) await tracker.close();
  });
});

describe('the file of SQLite', () => {
  it('that is no database is told with what to do', async () => {
    const broken = folder();
    writeFileSync(join(broken, 'suivi.sqlite'), 'pas une base, '.repeat(100));
    await expect(openTracker({ dataDir: broken })).rejects.toMatchObject({
      code: 'TRACKER_UNREADABLE',
      message: expect.stringContaining(join(broken, 'suivi.sqlite')),
    });
  });

  it('in a folder that is not there is told, and makes no folder', async () => {
    const missing = join(folder(), 'absent');
    await expect(openTracker({ dataDir: missing })).rejects.toMatchObject({ code: 'TRACKER_UNREADABLE' });
    expect(existsSync(missing)).toBe(false);
  });

  it('that somebody else writes for too long is told, and written after', async () => {
    const where = { dataDir: folder() };
    const db = openSqlite(join(where.dataDir, 'suivi.sqlite'), 20);
    const given = { run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' };
    await withRaw(where, async (raw) => {
      await raw.exec('BEGIN IMMEDIATE');
      await expect(recordRun(db, given)).rejects.toMatchObject({
        code: 'TRACKER_BUSY',
        message: expect.stringContaining(where.dataDir),
      });
      expect(await runLines(db)).toEqual([]);
      await raw.exec('ROLLBACK');
    });
    await recordRun(db, given);
    expect(await runLines(db)).toHaveLength(1);
    await db.destroy();
  });

  it('whose lines of audit somebody replaces, past the triggers, shows it', async () => {
    const where = { dataDir: folder() };
    const tracker = await openTracker(where);
    await tracker.recordRun({ run: run('a', [scenario(BENCH_SLOT, 'conforme')]), rem: REM, runDir: '/r/a' });
    // SQLite does not fire the triggers of deletion for a REPLACE.
    await withRaw(where, async (raw) => {
      const [first] = await raw.rows('SELECT * FROM audit WHERE id = 1');
      await raw.exec(`REPLACE INTO audit (id, at, actor, action, subject, detail, hash)
        VALUES (1, '${String(first?.['at'])}', 'autre', 'autre', 'autre', 'autre', '${String(first?.['hash'])}')`);
    });
    expect((await tracker.verifyAudit())?.reason).toMatch(/ligne 1 /u);
    await tracker.close();
  });
});
