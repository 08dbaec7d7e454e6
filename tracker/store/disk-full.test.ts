import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderOf } from '../orders/orders.fixture.ts';
import { openTracker, type Tracker, type TrackerPlace } from './index.ts';
import { REM, runOf } from './older.fixture.ts';
import { startPostgres, WITHOUT_POSTGRES, type TestServer } from './postgres.fixture.ts';
import { auditOf, withRaw } from './raw.fixture.ts';
import { mountSmallDisk, WITHOUT_SMALL_DISK, type SmallDisk } from './small-disk.fixture.ts';

const AUTHOR = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };
const BATCH = 200;

const batch = (rank: number) =>
  Array.from({ length: BATCH }, (_, index) =>
    orderOf({ number: `BC-${rank}-${index}`, instance: `I-${rank}-${index}`, sites: [] }),
  );

/** Writes until the disk refuses; what was refused, and how many batches were acknowledged before. */
async function writeUntilRefused(
  tracker: Tracker,
): Promise<{ readonly error: unknown; readonly acknowledged: number }> {
  for (let rank = 0; ; rank += 1) {
    try {
      await tracker.importOrders(batch(rank), AUTHOR);
    } catch (error) {
      return { error, acknowledged: rank };
    }
  }
}

/** What must hold on a disk that is full, and after. */
async function holds(tracker: Tracker, where: TrackerPlace, batches: number): Promise<void> {
  expect(await tracker.orders()).toHaveLength(batches * BATCH);
  expect((await tracker.runs()).map(({ id }) => id)).toEqual(['r1']);
  expect(await tracker.verifyAudit()).toBeUndefined();
  const lines = (await auditOf(where)).filter(({ action }) => action === 'bon de commande ajouté');
  expect(lines).toHaveLength(batches * BATCH);
}

const reason = WITHOUT_SMALL_DISK === undefined ? '' : ` : ${WITHOUT_SMALL_DISK}`;

describe.skipIf(WITHOUT_SMALL_DISK !== undefined)(`a full disk, SQLite${reason}`, () => {
  let disk: SmallDisk;
  let where: TrackerPlace;
  beforeEach(() => {
    disk = mountSmallDisk(8);
    where = { dataDir: disk.folder };
  });
  afterEach(() => disk.unmount());

  it('refuses a change whole, tells it, answers what is read, and takes the next change once there is room', async () => {
    const tracker = await openTracker(where);
    await tracker.recordRun({ run: runOf('r1'), rem: REM, runDir: '/r/1' });
    disk.fill(2 * 1024 * 1024);
    const { error, acknowledged } = await writeUntilRefused(tracker);
    expect(error).toMatchObject({
      name: 'TrackerStoreError',
      code: 'DISK_FULL',
      message: expect.stringContaining(`« ${disk.folder} » est plein`),
      remedy: expect.stringMatching(/Libérez de la place.*rien de ce qui avait été confirmé n’est perdu/u),
      cause: expect.objectContaining({ code: 'ERR_SQLITE_ERROR', errcode: 13 }),
    });
    expect(acknowledged).toBeGreaterThan(0);
    await holds(tracker, where, acknowledged);
    // Not one byte is left: another change is refused too, and whoever only reads still may.
    disk.fill();
    await expect(tracker.importOrders(batch(acknowledged), AUTHOR)).rejects.toMatchObject({ code: 'DISK_FULL' });
    const reader = await openTracker(where);
    await holds(reader, where, acknowledged);
    await reader.close();

    disk.free();
    await tracker.importOrders(batch(acknowledged), AUTHOR);
    await holds(tracker, where, acknowledged + 1);
    await tracker.close();
    const again = await openTracker(where);
    await holds(again, where, acknowledged + 1);
    await again.close();
  });

  it('keeps what was acknowledged by a tracker that was closed there, and opened again', async () => {
    const tracker = await openTracker(where);
    await tracker.recordRun({ run: runOf('r1'), rem: REM, runDir: '/r/1' });
    disk.fill(2 * 1024 * 1024);
    const { acknowledged } = await writeUntilRefused(tracker);
    disk.fill();
    await tracker.close();
    // The journal could not be folded into the file: it stays beside it, and is read.
    disk.fill();
    const full = await openTracker(where);
    await holds(full, where, acknowledged);
    await expect(full.importOrders(batch(acknowledged), AUTHOR)).rejects.toMatchObject({ code: 'DISK_FULL' });
    await full.close();
    disk.free();
    const again = await openTracker(where);
    await again.importOrders(batch(acknowledged), AUTHOR);
    await holds(again, where, acknowledged + 1);
    await again.close();
  });

  it('has no room for a new tracker, which is made later', async () => {
    disk.fill();
    await expect(openTracker(where)).rejects.toMatchObject({ code: 'DISK_FULL' });
    disk.free();
    // There is room to begin, and not to end.
    disk.fill(64 * 1024);
    await expect(openTracker(where)).rejects.toMatchObject({ code: 'DISK_FULL' });
    disk.free();
    const tracker = await openTracker(where);
    expect(await tracker.campaigns()).toEqual([]);
    await tracker.close();
  });
});

describe.skipIf(WITHOUT_POSTGRES !== undefined)(
  `a server without room, PostgreSQL${WITHOUT_POSTGRES === undefined ? '' : ` : ${WITHOUT_POSTGRES}`}`,
  () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());

    it.skipIf(WITHOUT_SMALL_DISK !== undefined)(
      `refuses a change whole, tells it, answers what is read, and takes the next change once there is room${reason}`,
      { timeout: 60_000 },
      async () => {
        // Its own server: none starts again without the disk of one of its databases.
        const alone = await startPostgres();
        const disk = mountSmallDisk(40, alone.account);
        try {
          const where = { dataDir: disk.folder, url: await alone.database(disk.folder) };
          const tracker = await openTracker(where);
          await tracker.recordRun({ run: runOf('r1'), rem: REM, runDir: '/r/1' });
          disk.fill(1024 * 1024);
          const { error, acknowledged } = await writeUntilRefused(tracker);
          expect(error).toMatchObject({
            name: 'TrackerStoreError',
            code: 'DISK_FULL',
            message: expect.stringMatching(/serveur PostgreSQL \(127\.0\.0\.1:\d+\/suivi_\d+\) est plein/u),
            remedy: expect.stringContaining('Libérez de la place sur ce serveur'),
            cause: expect.objectContaining({ code: '53100' }),
          });
          expect(acknowledged).toBeGreaterThan(0);
          await holds(tracker, where, acknowledged);
          disk.free();
          await tracker.importOrders(batch(acknowledged), AUTHOR);
          await holds(tracker, where, acknowledged + 1);
          await tracker.close();
        } finally {
          await alone.stop();
          disk.unmount();
        }
      },
    );

    it('that the server tells in the middle of a change takes the change whole away', async () => {
      const where = { dataDir: '/', url: await server.database() };
      const tracker = await openTracker(where);
      await tracker.recordRun({ run: runOf('r1'), rem: REM, runDir: '/r/1' });
      // The orders are written by then: only the audit of the second half of them is missing.
      await withRaw(where, (raw) =>
        raw.exec(`CREATE FUNCTION plein() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF NEW.subject = 'BC-0-150' THEN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END IF;
          RETURN NEW; END $$;
        CREATE TRIGGER plein BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION plein();`),
      );
      await expect(tracker.importOrders(batch(0), AUTHOR)).rejects.toMatchObject({
        code: 'DISK_FULL',
        cause: expect.objectContaining({ code: '53100' }),
      });
      await holds(tracker, where, 0);
      await withRaw(where, (raw) => raw.exec('DROP TRIGGER plein ON audit'));
      await tracker.importOrders(batch(0), AUTHOR);
      await holds(tracker, where, 1);
      await tracker.close();
    });
  },
);
