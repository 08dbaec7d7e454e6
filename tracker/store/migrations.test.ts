import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { orderOf } from '../orders/orders.fixture.ts';
import { onBothStores } from './both-stores.fixture.ts';
import { openTracker } from './index.ts';
import { CHAINED_FROM, MIGRATIONS } from './migrations.ts';
import { AT, REM, REQUIREMENT, runOf, SLOT, tablesOf, writeOlder, type Tables } from './older.fixture.ts';
import { LOCK } from './postgres.ts';
import { auditOf, withRaw, type RawRow } from './raw.fixture.ts';

const AUTHOR = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };
const OPENER = fileURLToPath(new URL('opener.fixture.ts', import.meta.url));
const EVERY_STEP = MIGRATIONS.map((_, rank) => rank + 1);

/** The values that were there; what was empty may have been filled since. */
function kept(before: Tables, after: Tables): Tables {
  return Object.fromEntries(
    Object.entries(before).map(([table, rows]) => {
      const named = rows.map((row, rank) => {
        const said = Object.keys(row).filter(
          (column) => row[column] !== null && (table !== 'audit' || column !== 'hash'),
        );
        return Object.fromEntries(said.map((column) => [column, after[table]?.[rank]?.[column] ?? null]));
      });
      return [table, named];
    }),
  );
}
const said = (tables: Tables): Tables => kept(tables, tables);

onBothStores('a tracker of an earlier Jalon', (place) => {
  it.each(EVERY_STEP)(
    'of schema %i is brought up to date with everything that it holds, and goes on',
    async (steps) => {
      const where = await place();
      const before = await writeOlder(where, steps);
      const tracker = await openTracker(where);
      const after = await withRaw(where, tablesOf);
      expect(Object.keys(before)).toContain('audit');
      for (const rows of Object.values(before)) expect(rows).not.toEqual([]);
      expect(kept(before, after)).toEqual(said(before));
      expect(Object.entries(before).map(([table, rows]) => [table, rows.length])).toEqual(
        Object.keys(before).map((table) => [table, after[table]?.length]),
      );
      expect(await withRaw(where, (raw) => raw.version())).toBe(MIGRATIONS.length);

      // What was kept is read.
      expect(await tracker.verifyAudit()).toBeUndefined();
      expect(await tracker.currentCampaign()).toMatchObject({ id: 'c1', product: 'Labo', profiles: ['general'] });
      expect((await tracker.runs()).map(({ id }) => id)).toEqual(['r2', 'r1']);
      expect((await tracker.run('r1'))?.run).toEqual(runOf('r1'));
      expect(await tracker.slotStatuses('c1')).toHaveLength(2);
      expect(await tracker.rem(REM.sha256)).toEqual(REM);

      // And written after.
      await tracker.recordRun({ run: { ...runOf('r3'), startedAt: AUTHOR.at }, rem: REM, runDir: '/r/3' });
      expect((await tracker.runs()).map((line) => [line.id, line.campaign])[0]).toEqual(['r3', 'c1']);
      const file = await tracker.requirementFile('c1', REQUIREMENT);
      const decision = { campaign: 'c1', requirement: REQUIREMENT, seen: file.revision, action: 'affectation' };
      const decide = () => ({ ok: true, value: { assignment: { owner: 'dominique' } } }) as const;
      expect(await tracker.decide({ ...decision, decide }, AUTHOR)).toMatchObject({ ok: true });
      await tracker.importOrders([orderOf({ number: 'BC-2', instance: 'INST-2', sites: [] })], AUTHOR);
      const audit = await auditOf(where);
      expect(audit.slice(0, before['audit']!.length)).toEqual(after['audit']);
      expect(audit.length).toBeGreaterThan(before['audit']!.length);
      expect(await tracker.verifyAudit()).toBeUndefined();
      await tracker.close();

      const again = await openTracker(where);
      expect(await again.verifyAudit()).toBeUndefined();
      expect(await again.slotStatuses('c1')).toContainEqual(
        expect.objectContaining({ slot: SLOT, state: 'recueillie' }),
      );
      await again.close();
    },
  );

  it('has its old lines of audit chained: one that changes afterwards shows', async () => {
    const where = await place();
    await writeOlder(where, 1);
    await (await openTracker(where)).close();
    await withRaw(where, async (raw) => {
      const lines: readonly RawRow[] = await raw.rows('SELECT id, hash FROM audit ORDER BY id');
      expect(new Set(lines.map(({ hash }) => hash)).size).toBe(3);
      const owner = where.url === undefined ? '' : ' ON audit';
      await raw.exec(`DROP TRIGGER audit_is_never_changed${owner}`);
      await raw.exec(`UPDATE audit SET detail = 'autre' WHERE id = ${String(lines[1]?.['id'])}`);
    });
    const tracker = await openTracker(where);
    expect((await tracker.verifyAudit())?.reason).toMatch(/ligne 2 /u);
    await tracker.close();
  });

  it('refuses to have its old lines rewritten once they are chained', async () => {
    const where = await place();
    await writeOlder(where, CHAINED_FROM);
    await (await openTracker(where)).close();
    await withRaw(where, async (raw) => {
      await expect(raw.exec("UPDATE audit SET hash = ''")).rejects.toThrow('append-only');
      await expect(raw.exec('DELETE FROM audit')).rejects.toThrow('append-only');
    });
  });

  it('with thousands of lines of audit is chained whole', async () => {
    const where = await place();
    await writeOlder(where, 1);
    await withRaw(where, async (raw) => {
      const more = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
        INSERT INTO audit (at, actor, action, subject, detail) SELECT '${AT}', 'essai', 'essai', 'c1', 'n° ' || i FROM n`;
      await raw.exec(more);
    });
    const tracker = await openTracker(where);
    expect(await tracker.verifyAudit()).toBeUndefined();
    expect(await auditOf(where)).toHaveLength(3003);
    await tracker.close();
  });

  it.each([0, 1, MIGRATIONS.length - 1])('of schema %i opened by three at once is made once', async (steps) => {
    const where = await place();
    if (steps > 0) await writeOlder(where, steps);
    const openers = [1, 2, 3].map(() =>
      spawn(process.execPath, [OPENER, where.dataDir, ...(where.url === undefined ? [] : [where.url])], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    );
    const codes = await Promise.all(openers.map((opener) => once(opener, 'exit')));
    expect(codes.map(([code]: unknown[]) => code)).toEqual([0, 0, 0]);
    expect(await withRaw(where, (raw) => raw.version())).toBe(MIGRATIONS.length);
    expect(await auditOf(where)).toHaveLength(steps === 0 ? 0 : 3);
    const tracker = await openTracker(where);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('that cannot be brought up to date is left as it was', async () => {
    const where = await place();
    const before = await writeOlder(where, 1);
    // Somebody made a table whose name a later step takes.
    await withRaw(where, (raw) => raw.exec('CREATE TABLE remark (id TEXT)'));
    await expect(openTracker(where)).rejects.toThrow('remark');
    await withRaw(where, async (raw) => {
      expect(await raw.version()).toBe(1);
      await raw.exec('DROP TABLE remark');
      expect(await tablesOf(raw)).toEqual(before);
      await expect(raw.exec('DELETE FROM audit')).rejects.toThrow('append-only');
    });
    const tracker = await openTracker(where);
    expect(await tracker.verifyAudit()).toBeUndefined();
    await tracker.close();
  });

  it('opens without writing when it is up to date, while somebody else writes', async () => {
    const where = await place();
    await (await openTracker(where)).close();
    await withRaw(where, async (raw) => {
      await raw.exec(where.url === undefined ? 'BEGIN IMMEDIATE' : `BEGIN; SELECT pg_advisory_xact_lock(${LOCK})`);
      const tracker = await openTracker(where);
      expect(await tracker.campaigns()).toEqual([]);
      await tracker.close();
      await raw.exec('ROLLBACK');
    });
  });
});

onBothStores('a tracker of a later Jalon', (place) => {
  it('is told, and left alone', async () => {
    const where = await place();
    await (await openTracker(where)).close();
    await withRaw(where, (raw) => raw.setVersion(MIGRATIONS.length + 1));
    const before = await withRaw(where, tablesOf);
    const opening = openTracker(where);
    await expect(opening).rejects.toMatchObject({ code: 'TRACKER_NEWER', name: 'TrackerStoreError' });
    await expect(opening).rejects.toThrow(/version plus récente de Jalon/u);
    expect(await withRaw(where, tablesOf)).toEqual(before);
    expect(await withRaw(where, (raw) => raw.version())).toBe(MIGRATIONS.length + 1);
  });
});
