import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { orderOf } from '../orders/orders.fixture.ts';
import { appendAudit, lastAuditHash, verifyAudit } from './audit.ts';
import { openTracker, type Tracker, type TrackerPlace } from './index.ts';
import { REM, REQUIREMENT, runOf } from './older.fixture.ts';
import { startPostgres, WITHOUT_POSTGRES, type TestServer } from './postgres.fixture.ts';
import { LOCK, openPostgres } from './postgres.ts';
import { withRaw } from './raw.fixture.ts';

const AUTHOR = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };
const AWAY = { name: 'TrackerStoreError', code: 'TRACKER_UNREACHABLE' };
const WAYS = ['fast', 'immediate'] as const;
const line = (detail: string) => ({ at: AUTHOR.at, actor: 'camille', action: 'essai', subject: 'S', detail });

/** One numbered change; the number is the revision that it makes. */
const decide = (tracker: Tracker, campaign: string, seen: number) =>
  tracker.decide(
    {
      campaign,
      requirement: REQUIREMENT,
      seen,
      action: 'affectation',
      decide: () => ({ ok: true, value: { assignment: { owner: `n° ${seen + 1}` } } }),
    },
    AUTHOR,
  );

describe.skipIf(WITHOUT_POSTGRES !== undefined)(
  `a server that stops and comes back, PostgreSQL${WITHOUT_POSTGRES === undefined ? '' : ` : ${WITHOUT_POSTGRES}`}`,
  () => {
    let server: TestServer;
    let where: TrackerPlace;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());
    // A test that failed while it was down leaves it up for the next one.
    afterEach(() => server.up());

    async function opened(): Promise<{ readonly tracker: Tracker; readonly campaign: string }> {
      where = { dataDir: '/', url: (await server.database()).replace('jalon@', 'jalon:motdepasse@') };
      const tracker = await openTracker(where);
      await tracker.recordRun({ run: runOf('r1'), rem: REM, runDir: '/r/1' });
      return { tracker, campaign: (await tracker.currentCampaign())!.id };
    }

    it.each(WAYS)('(%s) is told by each call meanwhile, and the next one after it is back works', async (how) => {
      const { tracker, campaign } = await opened();
      await decide(tracker, campaign, 0);
      await server.down(how);
      const meanwhile = [
        () => tracker.campaigns(),
        () => decide(tracker, campaign, 1),
        () => tracker.importOrders([orderOf()], AUTHOR),
        () => tracker.dump(),
        () => openTracker(where),
      ];
      for (const call of meanwhile) {
        const failure = await call().then(
          () => undefined,
          (error: unknown) => error as Error,
        );
        expect(failure).toMatchObject({ ...AWAY, remedy: expect.stringContaining('PostgreSQL') });
        expect(failure?.message).toMatch(/base du suivi \(127\.0\.0\.1:\d+\/suivi_\d+\)/u);
        expect(failure?.message).not.toContain('motdepasse');
      }
      await server.up();
      expect(await tracker.requirementFile(campaign, REQUIREMENT)).toMatchObject({ revision: 1 });
      expect(await decide(tracker, campaign, 1)).toMatchObject({ ok: true, value: { revision: 2 } });
      expect(await tracker.orders()).toEqual([]);
      expect(await tracker.verifyAudit()).toBeUndefined();
      await tracker.close();
    });

    it.each(WAYS)('(%s) in the middle of a transaction leaves nothing of it, and the process lives', async (how) => {
      await (await opened()).tracker.close();
      const db = await openPostgres(where.url!);
      const before = await lastAuditHash(db);
      const change = db.transaction().execute(async (trx) => {
        await appendAudit(trx, [line('perdu')]);
        await server.down(how);
        await appendAudit(trx, [line('perdu aussi')]);
      });
      await expect(change).rejects.toMatchObject(AWAY);
      await server.up();
      expect(await lastAuditHash(db)).toBe(before);
      await db.transaction().execute((trx) => appendAudit(trx, [line('gardé')]));
      expect(await verifyAudit(db)).toBeUndefined();
      expect((await db.selectFrom('audit').select('detail').execute()).map(({ detail }) => detail)).not.toContain(
        'perdu',
      );
      await db.destroy();
    });

    it('says, when it stops at the moment of the confirmation, that the change may have been kept', async () => {
      await (await opened()).tracker.close();
      const db = await openPostgres(where.url!);
      // The check that a deferred constraint makes runs within COMMIT: it waits there for the lock that is held here.
      await withRaw(where, (raw) =>
        raw.exec(`CREATE FUNCTION attend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$;
          CREATE CONSTRAINT TRIGGER attend AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION attend();`),
      );
      await withRaw(where, async (raw) => {
        await raw.exec('SELECT pg_advisory_lock(1)');
        const change = db.transaction().execute((trx) => appendAudit(trx, [line('peut-être')]));
        const told = expect(change).rejects.toMatchObject({
          ...AWAY,
          remedy: expect.stringContaining('a pu être gardé'),
        });
        const waiting = "SELECT 1 FROM pg_stat_activity WHERE query = 'commit' AND wait_event = 'advisory'";
        while ((await raw.rows(waiting)).length === 0);
        await raw.exec(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'commit' AND wait_event = 'advisory'",
        );
        await told;
      });
      expect(await verifyAudit(db)).toBeUndefined();
      await db.destroy();
    });

    it(
      'loses nothing that it acknowledged, however often it stops while people write',
      { timeout: 60_000 },
      async () => {
        const { tracker, campaign } = await opened();
        let acknowledged = 0;
        let refused = 0;
        const stop = new AbortController();
        let wrote: () => void = () => undefined;
        const writer = (async () => {
          let seen = 0;
          while (!stop.signal.aborted) {
            try {
              await decide(tracker, campaign, seen);
              seen += 1;
              acknowledged = seen;
              wrote();
            } catch (error) {
              expect(error).toMatchObject({
                code: expect.stringMatching(/^(?:TRACKER_UNREACHABLE|CHANGED_MEANWHILE)$/u),
              });
              refused += 1;
              // What was cut at its confirmation may have been kept: whoever goes on reads first.
              seen = await tracker.requirementFile(campaign, REQUIREMENT).then(
                ({ revision }) => revision,
                () => seen,
              );
            }
          }
        })();
        for (const how of ['immediate', 'fast', 'immediate', 'fast', 'immediate'] as const) {
          for (let count = 0; count < 10; count += 1) {
            await new Promise<void>((resolve) => {
              wrote = resolve;
            });
          }
          await server.down(how);
          const sure = acknowledged;
          await server.up();
          expect((await tracker.requirementFile(campaign, REQUIREMENT)).revision).toBeGreaterThanOrEqual(sure);
        }
        stop.abort();
        await writer;
        expect(acknowledged).toBeGreaterThanOrEqual(50);
        expect(refused).toBeGreaterThanOrEqual(5);
        const { revision, assignment } = await tracker.requirementFile(campaign, REQUIREMENT);
        expect(assignment?.owner).toBe(`n° ${revision}`);
        expect(await tracker.verifyAudit()).toBeUndefined();
        const lines = await withRaw(where, (raw) => raw.rows("SELECT id FROM audit WHERE action = 'affectation'"));
        expect(lines).toHaveLength(revision);
        await tracker.close();
      },
    );

    it('and whose machine takes calls without answering is told too, after a while', async () => {
      await (await opened()).tracker.close();
      const db = await openPostgres(where.url!, 2_000);
      await server.down('fast');
      const silent = createServer();
      silent.listen(Number(new URL(where.url!).port), '127.0.0.1');
      await once(silent, 'listening');
      const held: Socket[] = [];
      silent.on('connection', (socket) => held.push(socket));
      await expect(lastAuditHash(db)).rejects.toMatchObject(AWAY);
      await expect(openPostgres(where.url!, 100)).rejects.toMatchObject(AWAY);
      for (const socket of held) socket.destroy();
      silent.close();
      await once(silent, 'close');
      await server.up();
      expect(await lastAuditHash(db)).not.toBe('');
      await db.destroy();
    });

    it('leaves no transaction open on a connection whose turn to write never came', async () => {
      await (await opened()).tracker.close();
      const db = await openPostgres(where.url!);
      await withRaw(where, async (raw) => {
        // Outside of a transaction, within which the server shows its activity as it was at first sight.
        await raw.exec(`SELECT pg_advisory_lock(${LOCK})`);
        const change = db.transaction().execute((trx) => appendAudit(trx, [line('jamais')]));
        const told = expect(change).rejects.toThrow(/canceling statement/u);
        const waiting = "FROM pg_stat_activity WHERE wait_event = 'advisory'";
        while ((await raw.rows(`SELECT 1 ${waiting}`)).length === 0);
        await raw.exec(`SELECT pg_cancel_backend(pid) ${waiting}`);
        await told;
        expect(await raw.rows("SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")).toHaveLength(
          0,
        );
        await raw.exec(`SELECT pg_advisory_unlock(${LOCK})`);
      });
      await db.transaction().execute((trx) => appendAudit(trx, [line('gardé')]));
      expect(await verifyAudit(db)).toBeUndefined();
      await db.destroy();
    });
  },
);
