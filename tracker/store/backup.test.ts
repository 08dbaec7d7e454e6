import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { RunRecord } from '../types.ts';
import { onBothStores } from './both-stores.fixture.ts';
import { openTracker, TABLES, type Copy, type Tracker } from './index.ts';
import { orderOf } from '../orders/orders.fixture.ts';
import { MIGRATIONS } from './migrations.ts';
import { writeOlder } from './older.fixture.ts';
import { withRaw } from './raw.fixture.ts';

const REM = loadCatalogue('SGL', 'va1');
const SLOT = slotsOf(REM.requirements)[0]!.slot.id;
const RUN = {
  id: 'r1',
  category: 'SGL',
  wave: 'va1',
  profiles: ['general'],
  rem: { source: 'catalogue', sha256: REM.sha256 },
  product: { name: 'Labo', version: '1' },
  driver: 'reference',
  faults: [],
  benchVersion: '0',
  startedAt: '2026-01-01T00:00:00.000Z',
  lifecycle: 'finished',
  verdict: 'conforme',
  durationMs: 1,
  scenarios: [],
  unexpected: [],
} as const satisfies RunRecord;

async function filled(tracker: Tracker): Promise<void> {
  await tracker.recordRun({ run: RUN, rem: REM, runDir: '/r/1' });
  const campaign = (await tracker.currentCampaign())!.id;
  const author = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };
  const reference = { kind: 'nil', value: 'NIL-1' } as const;
  await tracker.moveSlot({ campaign, slot: SLOT, move: 'verser', seen: 0, reference }, author);
}
const all = async (copy: Copy) => Promise.all(TABLES.map(async (table) => [table, await copy.rows(table)]));

onBothStores('a copy', (place) => {
  it('fills an empty tracker of either store, which goes on from there', async () => {
    const from = await openTracker(await place());
    await filled(from);
    const copy = await from.dump();
    await from.close();
    const targets = [await place(), { dataDir: mkdtempSync(join(tmpdir(), 'jalon-copie-')) }];
    for (const target of targets) {
      const to = await openTracker(target);
      await to.restore(copy);
      expect(await all(await to.dump())).toEqual(await all(copy));
      const campaign = (await to.currentCampaign())!.id;
      const author = { by: 'camille', at: '2026-02-04T10:00:00.000Z' };
      expect(await to.moveSlot({ campaign, slot: SLOT, move: 'valider', seen: 1 }, author)).toMatchObject({ ok: true });
      const reference = { kind: 'nil', value: 'NIL-2' } as const;
      expect(await to.moveSlot({ campaign, slot: SLOT, move: 'verser', seen: 2, reference }, author)).toMatchObject({
        ok: true,
      });
      expect(await to.verifyAudit()).toBeUndefined();
      await expect(to.restore(copy)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
      await to.close();
    }
  });

  it('that is cut, changed or of another schema leaves the tracker empty', async () => {
    const from = await openTracker(await place());
    await filled(from);
    const copy = await from.dump();
    await from.close();
    const to = await openTracker(await place());
    const changed: readonly (readonly [string, Copy])[] = [
      ['COPY_NEWER', { ...copy, head: { ...copy.head, schema: 999 } }],
      ['COPY_NEWER', { ...copy, head: { ...copy.head, schema: 1 } }],
      ['COPY_BROKEN', { ...copy, rows: async (table) => (await copy.rows(table)).slice(table === 'audit' ? 1 : 0) }],
      ['COPY_BROKEN', { ...copy, head: { ...copy.head, auditHash: 'x' } }],
      [
        'COPY_BROKEN',
        {
          ...copy,
          rows: async (table) =>
            (await copy.rows(table)).map((row) => (table === 'audit' ? { ...row, actor: 'autre' } : row)),
        },
      ],
    ];
    for (const [code, one] of changed) await expect(to.restore(one)).rejects.toMatchObject({ code });
    expect((await to.dump()).head.rows).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
    await to.restore(copy);
    await to.close();
  });

  it('leaves no table out, but those that are made again', async () => {
    const where = await place();
    await (await openTracker(where)).close();
    const tables = await withRaw(where, (raw) => raw.tables());
    expect([...TABLES, 'last_line', 'latest_result', 'session', 'receipt'].toSorted()).toEqual(tables);
  });

  it('of rows in every table comes back the same in either store, each numbered after what it brings', async () => {
    const where = await place();
    await writeOlder(where, MIGRATIONS.length);
    const from = await openTracker(where);
    const copy = await from.dump();
    await from.close();
    for (const table of TABLES) expect(copy.head.rows[table], table).toBeGreaterThan(0);
    for (const target of [await place(), { dataDir: mkdtempSync(join(tmpdir(), 'jalon-copie-')) }]) {
      const to = await openTracker(target);
      await to.restore(copy);
      expect(await all(await to.dump())).toEqual(await all(copy));
      for (const table of ['piece', 'deposit_status', 'slot_reference', 'audit'] as const) {
        await withRaw(target, async (raw) => {
          const { id: _, ...row } = (await copy.rows(table))[0]!;
          const last = Math.max(...(await copy.rows(table)).map(({ id }) => Number(id)));
          await raw.insert(table, row);
          const [added] = await raw.rows(`SELECT MAX(id) AS id FROM ${table}`);
          expect(Number(added?.['id']), table).toBe(last + 1);
        });
      }
      await to.close();
    }
  });

  it('that breaks off while it is read leaves the tracker empty, and can be taken again', async () => {
    const from = await openTracker(await place());
    await filled(from);
    const copy = await from.dump();
    await from.close();
    const to = await openTracker(await place());
    const torn: Copy = {
      ...copy,
      rows: (table) => (table === 'slot_reference' ? Promise.reject(new Error('clé retirée')) : copy.rows(table)),
    };
    await expect(to.restore(torn)).rejects.toThrow('clé retirée');
    expect((await to.dump()).head.rows).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
    await to.restore(copy);
    expect(await to.verifyAudit()).toBeUndefined();
    await to.close();
  });

  it('taken while people write holds each change whole, or not at all', async () => {
    const from = await openTracker(await place());
    const author = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };
    const batch = (rank: number) =>
      Array.from({ length: 30 }, (_, index) =>
        orderOf({ number: `BC-${rank}-${index}`, instance: `${rank}-${index}` }),
      );
    const writing = Array.from({ length: 10 }, (_, rank) => from.importOrders(batch(rank), author));
    const copies = await Promise.all([from.dump(), from.dump(), from.dump()]);
    await Promise.all(writing);
    copies.push(await from.dump());
    await from.close();
    for (const copy of copies) {
      expect((copy.head.rows.purchase_order ?? -1) % 30).toBe(0);
      expect(copy.head.rows.audit).toBe(copy.head.rows.purchase_order);
      const to = await openTracker(await place());
      await to.restore(copy);
      await to.close();
    }
  });

  it('is refused by a tracker that holds any row, and changes nothing of it', async () => {
    const from = await openTracker(await place());
    await filled(from);
    const copy = await from.dump();
    await from.close();
    const to = await openTracker(await place());
    await to.importOrders([orderOf()], { by: 'camille', at: '2026-02-03T10:00:00.000Z' });
    const before = await all(await to.dump());
    await expect(to.restore(copy)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
    expect(await all(await to.dump())).toEqual(before);
    await to.close();
  });
});
