import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderVault, scanVault } from './index.ts';

const WRITER = fileURLToPath(new URL('./writer.fixture.ts', import.meta.url));
/** The issue asks for two hundred. */
const KILLS = 200;
const TOGETHER = 2;

/** Kills a writer at a moment that nobody chose, once it has begun. @returns what it said it kept */
async function killed(folder: string, seed: number, cache: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [WRITER, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  let said = '';
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      resolve();
    });
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await begun;
  setTimeout(() => child.kill('SIGKILL'), Math.random() * 40);
  await ended;
  // A line that was cut was not acknowledged.
  return said.split('\n').slice(0, -1);
}

it('a vault whose writer is killed loses nothing that was acknowledged, and names nothing that is not whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-coffre-'));
  const cache = mkdtempSync(join(tmpdir(), 'jalon-modules-'));
  const kept: string[] = [];
  for (let kill = 0; kill < KILLS; kill += TOGETHER) {
    const seeds = Array.from({ length: TOGETHER }, (_, index) => kill + index);
    kept.push(...(await Promise.all(seeds.map((seed) => killed(folder, seed, cache)))).flat());
  }
  const vault = folderVault(folder);
  const scan = await scanVault(vault, kept);
  expect(scan.problems).toEqual([]);
  expect(scan.pieces).toBeGreaterThanOrEqual(new Set(kept).size);
  expect(new Set(kept).size).toBeGreaterThan(KILLS);
  // Kills did fall within writes: else this test proves nothing.
  expect(scan.leftovers).toBeGreaterThan(KILLS / 20);
  for await (const leftover of vault.leftovers()) await leftover.remove();
  expect((await scanVault(vault, kept)).leftovers).toBe(0);
}, 240_000);
