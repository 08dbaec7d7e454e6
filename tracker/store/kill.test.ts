import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { onBothStores } from './both-stores.fixture.ts';
import { openTracker } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
const REQUIREMENT = REM.requirements[0]!.id;
const WRITER = fileURLToPath(new URL('writer.fixture.ts', import.meta.url));

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
});
