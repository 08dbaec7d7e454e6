/**
 * Measures `jalon rem import` on a REM of 500 requirements against its limits: 2 s and 300 MB, the program's own start
 * included.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWorkbook } from '#formats/xlsx/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PRELOAD = new URL('./peak-memory.ts', import.meta.url).href;
const LIMIT = { seconds: 2, megabytes: 300 } as const;
const REQUIREMENTS = 500;
const ROUNDS = 3;

const LEADING = (
  "Exigence conditionnelle OUI/NON|Profil|ID Section|Section|Bloc|Fonction|Nature de l'exigence|" +
  'N° exigence|Énoncé|N° scénario|Scénario de conformité'
).split('|');

/**
 * As dense as the published lists (126 requirements, 142 scenarios, 206 proofs in SGL wave 1), and as long: about 60 words
 * a statement, 150 a scenario, 15 a proof. No two texts are alike, where a real list repeats itself.
 */
async function workbook(): Promise<Uint8Array> {
  const pairs = Array.from({ length: 10 }, (_, index) => [`N° preuve ${index + 1}`, `Preuve ${index + 1}`]).flat();
  const words = (count: number, seed: number): string =>
    Array.from({ length: count }, (_, index) => `mot${(seed * 31 + index * 7) % 900}`).join(' ');
  const rows: string[][] = [];
  for (let number = 0; number < REQUIREMENTS; number += 1) {
    const id = `ZZZ/va1.${String(number).padStart(3, '0')}`;
    for (const scenario of number % 8 === 0 ? [`${id}.01`, `${id}.02`] : [`${id}.01`]) {
      const leading = ['NON', 'Général', 'ZZZ', 'Une section', 'Bloc', 'Fonction', 'EXIGENCE', id, words(60, number)];
      const proofs = (number % 2 === 0 ? [1, 2] : [1]).flatMap((rank) => [
        `${scenario}.0${rank}`,
        `Vidéo ${words(15, rank + number)}`,
      ]);
      rows.push([...leading, scenario, words(150, number + 1), ...proofs]);
    }
  }
  const columns = [...LEADING, ...pairs].map((header) => ({ header }));
  return writeWorkbook([{ name: 'Exigences', columns, rows }]);
}

interface Round {
  readonly seconds: number;
  readonly megabytes: number;
}

function once(file: string, data: string): Promise<Round> {
  const memory = join(data, 'memoire');
  const args = ['bin/jalon', 'rem', 'import', file, '--category', 'ESSAI', '--wave', 'va1', '--json', '--data', data];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, JALON_PEAK_MEMORY: memory, NODE_OPTIONS: `--import=${PRELOAD}` },
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      if (code !== 0) {
        reject(new Error(`rem import ended with ${String(code)}`));
        return;
      }
      const kilobytes = readFileSync(memory, 'utf8').trim().split('\n').map(Number);
      rmSync(memory, { force: true });
      resolve({ seconds, megabytes: Math.max(...kilobytes) / 1024 });
    });
  });
}

/** Prints figures and their share of the limit. */
export async function benchRemImport(fr: (value: number, digits?: number) => string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'jalon-bench-rem-'));
  const file = join(data, 'rem.xlsx');
  writeFileSync(file, await workbook());
  process.stdout.write(`jalon rem import, ${REQUIREMENTS} exigences, ${ROUNDS} tours\n`);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { seconds, megabytes } = await once(file, join(data, `tour-${round}`));
    process.stdout.write(
      `  tour ${round} : ${fr(seconds, 2)} s (${fr(seconds / LIMIT.seconds, 2)} de la limite de ${LIMIT.seconds} s), ` +
        `mémoire de pointe ${fr(megabytes, 0)} Mo (${fr(megabytes / LIMIT.megabytes, 2)} de la limite de ${LIMIT.megabytes} Mo)\n`,
    );
  }
  rmSync(data, { recursive: true, force: true });
}
