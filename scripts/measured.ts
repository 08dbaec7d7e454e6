import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PRELOAD = new URL('./peak-memory.ts', import.meta.url).href;

export interface Measured<Answer> {
  readonly seconds: number;
  /** Peak of each process that it started, the command itself included. */
  readonly peaks: readonly number[];
  /** What it printed, read as JSON. */
  readonly answer: Answer;
}

export interface Limit {
  readonly seconds: number;
  readonly megabytes: number;
}

/**
 * Runs `jalon` in its own process, with `--json`, and measures it.
 *
 * @throws {Error} when it prints no JSON, or ends with a code that `fails` refuses
 */
export function measured<Answer>(
  args: readonly string[],
  fails: (code: number | null) => boolean = (code) => code !== 0,
): Promise<Measured<Answer>> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-mesure-'));
  const memory = join(folder, 'memoire');
  const started = performance.now();
  return new Promise<Measured<Answer>>((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/jalon', ...args, '--json'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, JALON_PEAK_MEMORY: memory, NODE_OPTIONS: `--import=${PRELOAD}` },
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      if (fails(code)) {
        reject(new Error(`jalon ${args.join(' ')} ended with ${String(code)}`));
        return;
      }
      const peaks = readFileSync(memory, 'utf8')
        .trim()
        .split('\n')
        .map((kilobytes) => Number(kilobytes) / 1024);
      resolve({ seconds, peaks, answer: JSON.parse(Buffer.concat(output).toString('utf8')) as Answer });
    });
  }).finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

export const fr = (value: number, digits = 1): string =>
  value.toLocaleString('fr-FR', { maximumFractionDigits: digits });

/** Time and peak memory, each with its share of the limit. */
export function shares(seconds: number, megabytes: number, limit: Limit): string {
  return (
    `${fr(seconds, 2)} s (${fr(seconds / limit.seconds, 2)} de la limite de ${limit.seconds} s), ` +
    `mémoire de pointe ${fr(megabytes, 0)} Mo (${fr(megabytes / limit.megabytes, 2)} de la limite de ${limit.megabytes} Mo)`
  );
}
