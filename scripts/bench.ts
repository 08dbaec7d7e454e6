/**
 * Measures against their limits: `npm start` (60 s and 600 MB on 2 cores), `jalon rem import` (2 s and 300 MB), INSi
 * (searches against a plain echo, scenarios, selftest of the section), feeding of the DMP against a plain reader, ten
 * thousand requests to the ASP. Prints figures and their share of the limit; asserts nothing, since a shared machine
 * would make such a test lie.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchAsp } from './bench-asp.ts';
import { benchDmp } from './bench-dmp.ts';
import { benchInsi } from './bench-insi.ts';
import { benchRemImport } from './bench-rem.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PRELOAD = new URL('./peak-memory.ts', import.meta.url).href;
const LIMIT = { seconds: 60, megabytes: 600 } as const;
const ROUNDS = 3;

interface Round {
  readonly seconds: number;
  readonly megabytes: number;
  readonly scenarios: number;
}

function once(data: string): Promise<Round> {
  const memory = join(data, 'memoire');
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/jalon', 'run', '--json', '--data', join(data, 'donnees')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, JALON_PEAK_MEMORY: memory, NODE_OPTIONS: `--import=${PRELOAD}` },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', () => {
      const { scenarios } = JSON.parse(output) as { scenarios: { total: number } };
      // The bench and the product run at the same time: the sum of their peaks is the most that was held at once.
      const kilobytes = readFileSync(memory, 'utf8').trim().split('\n').map(Number);
      resolve({
        seconds: (performance.now() - started) / 1000,
        megabytes: kilobytes.reduce((sum, each) => sum + each, 0) / 1024,
        scenarios: scenarios.total,
      });
    });
  });
}

const fr = (value: number, digits = 1): string => value.toLocaleString('fr-FR', { maximumFractionDigits: digits });

process.stdout.write(`npm start, ${availableParallelism()} cœurs, ${ROUNDS} tours (le premier crée la PKI de test)\n`);
const data = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
for (let round = 1; round <= ROUNDS; round += 1) {
  const { seconds, megabytes, scenarios } = await once(data);
  rmSync(join(data, 'memoire'), { force: true });
  process.stdout.write(
    `  tour ${round} : ${scenarios} scénarios, ${fr(seconds)} s (${fr(seconds / LIMIT.seconds, 2)} de la limite de ${LIMIT.seconds} s), ` +
      `mémoire de pointe ${fr(megabytes, 0)} Mo (${fr(megabytes / LIMIT.megabytes, 2)} de la limite de ${LIMIT.megabytes} Mo)\n`,
  );
}
rmSync(data, { recursive: true, force: true });

await benchRemImport(fr);
await benchInsi(fr);
await benchDmp(fr);
await benchAsp(fr);
