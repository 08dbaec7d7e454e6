import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { onBothStores } from './both-stores.fixture.ts';
import type { Order } from '../orders/types.ts';
import { openTracker, type TrackerPlace } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
const REQUIREMENT = REM.requirements[0]!.id;
const WRITER = fileURLToPath(new URL('writer.fixture.ts', import.meta.url));
const ROWS_WRITER = fileURLToPath(new URL('rows-writer.fixture.ts', import.meta.url));
const ROWS = 400;
const KILLS = 20;

// Half of the time of a process that is killed at once is spent on compiling what the one before it compiled.
const COMPILED = mkdtempSync(join(tmpdir(), 'jalon-compile-'));
afterAll(() => rmSync(COMPILED, { recursive: true, force: true }));

/** Starts the writer of many rows; its lines tell which change it is in. */
function writeRows(
  { dataDir, url }: TrackerPlace,
  prefix: string,
  times: number,
): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, [ROWS_WRITER, dataDir, prefix, String(times), ...(url === undefined ? [] : [url])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
}

/** The versions of the orders that are kept, and the changes that the audit tells, at one moment. */
async function versions(where: TrackerPlace): Promise<{ readonly orders: readonly string[]; readonly lines: number }> {
  const tracker = await openTracker(where);
  // A copy waits for its turn to write: a server may still be busy with what a dead process sent it.
  const copy = await tracker.dump();
  const orders = (await copy.rows('purchase_order')).map(({ json }) => JSON.parse(String(json)) as Order);
  const audit = await copy.rows('audit');
  expect(await tracker.verifyAudit()).toBeUndefined();
  await tracker.close();
  return {
    orders: orders.map(({ product }) => product.version),
    lines: audit.filter(({ action }) => String(action).startsWith('bon de commande')).length,
  };
}

onBothStores('a process killed while it writes', (place) => {
  it('loses nothing that was acknowledged, and leaves the audit whole', { timeout: 60_000 }, async () => {
    const { dataDir, url } = await place();
    const where = { dataDir, ...(url === undefined ? {} : { url }) };
    const first = await openTracker(where);
    await first.recordRun({
      run: {
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
      },
      rem: REM,
      runDir: '/r/1',
    });
    const campaign = (await first.currentCampaign())!.id;
    await first.close();

    const child = spawn(process.execPath, [WRITER, dataDir, ...(url === undefined ? [] : [url])], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 20) child.kill('SIGKILL');
    }
    await ended;
    expect(acknowledged).toBeGreaterThanOrEqual(20);

    const after = await openTracker(where);
    const { revision, assignment } = await after.requirementFile(campaign, REQUIREMENT);
    expect(revision).toBeGreaterThanOrEqual(acknowledged);
    expect(assignment?.owner).toBe(`n° ${revision}`);
    expect(await after.verifyAudit()).toBeUndefined();
    await after.close();
  });

  it(
    'at any moment of a change of many rows leaves the change whole, or nothing of it',
    { timeout: 300_000 },
    async () => {
      const where = await place();
      let cutInside = 0;
      let rank = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const child = writeRows(where, 'BC', 0);
        const ended = once(child, 'exit');
        // A change takes some ten milliseconds: any moment of one of those that follow.
        const delay = Math.floor(Math.random() * 80);
        let begun = rank;
        let done = rank;
        for await (const line of createInterface({ input: child.stdout })) {
          const [what, number] = line.split(' ');
          if (what === 'done') done = Number(number);
          else begun = Number(number);
          if (what === 'done' && done === rank + 1) setTimeout(() => child.kill('SIGKILL'), delay);
        }
        await ended;
        expect(child.signalCode).toBe('SIGKILL');
        if (begun > done) cutInside += 1;
        const kept = await versions(where);
        rank = Number(kept.orders[0]);
        const told = `killed ${delay} ms after the first change, ${done} acknowledged, ${begun} begun`;
        expect([done, begun], told).toContain(rank);
        expect(kept.orders, told).toEqual(Array.from({ length: ROWS }, () => String(rank)));
        expect(kept.lines, told).toBe(rank * ROWS);
      }
      // Else nothing was tried.
      expect(cutInside).toBeGreaterThanOrEqual(KILLS / 2);
    },
  );
});

onBothStores('two processes that write at once', (place) => {
  it('take turns, and lose nothing', { timeout: 60_000 }, async () => {
    const where = await place();
    const children = ['A', 'B'].map((prefix) => writeRows(where, prefix, 5));
    const codes = await Promise.all(
      children.map(async (child) => {
        child.stdout.resume();
        const [code] = (await once(child, 'exit')) as [number | null];
        return code;
      }),
    );
    expect(codes).toEqual([0, 0]);
    const kept = await versions(where);
    expect(kept.orders).toEqual(Array.from({ length: 2 * ROWS }, () => '5'));
    expect(kept.lines).toBe(2 * 5 * ROWS);
  });
});
