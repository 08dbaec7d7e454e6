/**
 * Measures against their limits: `npm start` (60 s and 600 MB on 2 cores), `jalon rem import` (2 s and 300 MB), INSi
 * (searches against a plain echo, scenarios, selftest of the section), feeding of the DMP against a plain reader, ten
 * thousand requests to the ASP, official CDA pack on its examples, the tracker at scale. Prints figures and their share of the limit; asserts nothing, since a shared machine
 * would make such a test lie.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAsp } from './bench-asp.ts';
import { benchCda } from './bench-cda.ts';
import { benchDmp } from './bench-dmp.ts';
import { benchInsi } from './bench-insi.ts';
import { benchRemImport } from './bench-rem.ts';
import { benchTracker } from './bench-tracker.ts';
import { fr, measured, shares } from './measured.ts';

const LIMIT = { seconds: 60, megabytes: 600 } as const;
const ROUNDS = 3;

process.stdout.write(`npm start, ${availableParallelism()} cœurs, ${ROUNDS} tours (le premier crée la PKI de test)\n`);
const data = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
for (let round = 1; round <= ROUNDS; round += 1) {
  const { seconds, peaks, answer } = await measured<{
    readonly scenarios: { readonly total: number };
    readonly jobs: number;
  }>(
    ['run', '--data', data],
    // What the suite makes of the reference product is not measured here.
    () => false,
  );
  // Benches and products run at the same time: the sum of their peaks is more than was ever held at once, since each peak
  // comes at its own moment and counts the pages of Node that all of them share.
  const megabytes = peaks.reduce((sum, each) => sum + each, 0);
  process.stdout.write(
    `  tour ${round} : ${answer.scenarios.total} scénarios par ${answer.jobs} processus, ${shares(seconds, megabytes, LIMIT)}\n`,
  );
}
rmSync(data, { recursive: true, force: true });

await benchRemImport();
await benchInsi(fr);
await benchDmp(fr);
await benchAsp();
await benchCda();
await benchTracker();
