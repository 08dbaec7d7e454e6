import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import type { RunRecord } from '../types.ts';
import { onBothStores } from './both-stores.fixture.ts';
import type { TrackerPlace } from './index.ts';
import { openPostgres } from './postgres.ts';
import { withRaw } from './raw.fixture.ts';
import { runPage } from './read.ts';
import { recordRun } from './record-run.ts';
import { openSqlite } from './sqlite.ts';

const REM = loadCatalogue('SGL', 'va1');

const run = (rank: number): RunRecord => ({
  id: `r${rank}`,
  category: 'SGL',
  wave: 'va1',
  profiles: ['general'],
  rem: { source: 'catalogue', sha256: REM.sha256 },
  product: { name: 'Labo', version: String(rank % 2) },
  driver: 'reference',
  faults: [],
  benchVersion: '0',
  // Two by two at the same moment: their ids then say which one is first.
  startedAt: `2026-01-01T00:00:0${Math.floor(rank / 2)}.000Z`,
  lifecycle: 'finished',
  verdict: 'conforme',
  durationMs: 1,
  scenarios: [],
  unexpected: [],
});

const open = async ({ dataDir, url }: TrackerPlace) =>
  url === undefined ? openSqlite(join(dataDir, 'suivi.sqlite')) : openPostgres(url);

onBothStores('lines of runs', (place) => {
  it('are in the order of the list, whether they were read before or not', async () => {
    const at = await place();
    const db = await open(at);
    const record = (rank: number) => recordRun(db, { run: run(rank), rem: REM, runDir: '/r' });
    const listed = async (limit: number) => (await runPage(db, { limit })).runs.map(({ id }) => id);
    for (const rank of [0, 1, 2]) await record(rank);
    expect(await listed(2)).toEqual(['r2', 'r1']);
    for (const rank of [3, 4]) await record(rank);
    expect(await listed(10)).toEqual(['r4', 'r3', 'r2', 'r1', 'r0']);
    expect(await listed(10)).toEqual(['r4', 'r3', 'r2', 'r1', 'r0']);
    const { campaign } =
      (await db.selectFrom('run').select('campaign').where('id', '=', 'r3').executeTakeFirst()) ?? {};
    const page = await runPage(db, { limit: 1, campaign: campaign ?? '' });
    expect([page.total, page.runs.map(({ id }) => id)]).toEqual([2, ['r3']]);
    const after = { startedAt: run(3).startedAt, id: 'r3' };
    expect((await runPage(db, { limit: 2, after })).runs.map(({ id }) => id)).toEqual(['r2', 'r1']);
    await db.destroy();
  });

  it('are read once: the row is not asked for again', async () => {
    const at = await place();
    const db = await open(at);
    await recordRun(db, { run: run(0), rem: REM, runDir: '/r' });
    const [line] = (await runPage(db, { limit: 10 })).runs;
    await withRaw(at, (raw) => raw.exec("UPDATE run SET line = '{}'"));
    expect((await runPage(db, { limit: 10 })).runs).toEqual([line]);
    await db.destroy();
  });

  it('that an older version did not write yet are not taken for none', async () => {
    const at = await place();
    const db = await open(at);
    await recordRun(db, { run: run(0), rem: REM, runDir: '/r' });
    const [{ line = '' } = {}] = await withRaw(at, (raw) => raw.rows('SELECT line FROM run'));
    await withRaw(at, (raw) => raw.exec('UPDATE run SET line = NULL'));
    expect((await runPage(db, { limit: 10 })).runs).toEqual([]);
    await withRaw(at, (raw) => raw.exec(`UPDATE run SET line = '${line}'`));
    expect((await runPage(db, { limit: 10 })).runs.map(({ id }) => id)).toEqual(['r0']);
    await db.destroy();
  });
});
