import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { RunRecord } from '../types.ts';
import { onBothStores } from './both-stores.fixture.ts';
import { openTracker, TABLES, type Copy, type Tracker } from './index.ts';

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
});
