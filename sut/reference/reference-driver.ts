import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { SutError, type SutDriver } from '../driver/index.ts';
import { createHttpDriver } from '../http/index.ts';
import { referenceConfiguration } from './configuration.ts';
import { PROGRAM } from './program.ts';
import type { ReferenceOptions } from './types.ts';

/** It serves one bench: a heap that is swept early keeps the whole run within the memory of a small laptop. */
const SMALL_HEAP = ['--max-semi-space-size=2', '--max-old-space-size=192'];
/** The allocator of Linux keeps a pool a thread, and gives little back; one is enough for a product of one user. */
const SMALL_PROCESS = { MALLOC_ARENA_MAX: '1' };
const START_TIMEOUT_MS = 20_000;

/** The port, and what only this product tells. */
export interface ReferenceDriver extends SutDriver {
  /**
   * When the way the product works depended on a fault, switched on or not: spans in milliseconds since 1970, by name of
   * the fault, `*` standing for all of them. Outside these spans a fault changes nothing.
   *
   * @throws {SutError} `REFERENCE_NOT_ASKED` when the product does not tell
   */
  faultsAsked(): Promise<Readonly<Record<string, readonly (readonly [number, number])[]>>>;
}

/**
 * Starts the bundled laboratory system in a process of its own and drives it through the same http contract that a
 * vendor would expose. Closing the driver stops the process.
 *
 * @throws {SutError} `REFERENCE_FAULT` for an unknown fault, `REFERENCE_NOT_STARTED` when the process does not come up
 */
export async function startReferenceDriver(options: ReferenceOptions): Promise<ReferenceDriver> {
  await mkdir(options.workDir, { recursive: true });
  const configFile = join(options.workDir, 'reference-sgl.json');
  await writeFile(configFile, JSON.stringify(referenceConfiguration(options), null, 2), { mode: 0o600 });
  const child = spawn(process.execPath, [...SMALL_HEAP, PROGRAM, '--config', configFile], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    env: { ...process.env, ...SMALL_PROCESS, ...compiled() },
    // A Ctrl-C in the terminal reaches the whole group: the product must outlive it until the bench says stop.
    detached: process.platform !== 'win32',
  });
  const log = createWriteStream(join(options.workDir, 'reference-sgl.log'));
  child.stderr.pipe(log);
  try {
    const base = await firstLine(child);
    const driver = createHttpDriver({ base, label: 'reference', onClose: () => stop(child) });
    return { ...driver, faultsAsked: () => askedOf(base) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Half of its start is compiling its modules, unless it keeps them compiled where the bench keeps its own. */
function compiled(): { readonly NODE_COMPILE_CACHE?: string } {
  const folder = process.env['NODE_COMPILE_CACHE'] ?? getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

async function askedOf(base: string): ReturnType<ReferenceDriver['faultsAsked']> {
  const answer = await fetch(new URL('/faults/asked', base), { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
  if (!answer.ok) throw new SutError('REFERENCE_NOT_ASKED', `Le SGL de référence répond HTTP ${answer.status}.`);
  return (await answer.json()) as Awaited<ReturnType<ReferenceDriver['faultsAsked']>>;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    const timer = setTimeout(() => fail(`rien reçu en ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(
        new SutError(
          'REFERENCE_NOT_STARTED',
          `Le SGL de référence n'a pas démarré : ${why}.`,
          'Consultez reference-sgl.log dans le dossier du run.',
        ),
      );
    };
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-2000);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      try {
        resolve((JSON.parse(text.slice(0, end)) as { base: string }).base);
      } catch {
        fail(`première ligne illisible « ${text.slice(0, 80)} »`);
      }
    });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      clearTimeout(timer);
      const said = errors.trim().split('\n').at(-1) ?? '';
      if (code === 2) reject(new SutError('REFERENCE_FAULT', said, 'Corrigez --fault.'));
      else fail(`code de sortie ${code ?? '?'}${said ? `, ${said}` : ''}`);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(force);
}
