import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BenchError, systemCodeOf } from '../errors.ts';

/**
 * Runs `work` while no other process does on the same lock file. A lock left by a dead process is taken over.
 * @throws {BenchError} `PKI_LOCKED` when another living process holds it for more than a minute
 */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = performance.now() + 60_000;
  while (!take(file)) {
    if (performance.now() > deadline) {
      throw new BenchError(
        'PKI_LOCKED',
        `Un autre processus prépare les certificats du banc depuis plus d'une minute (${file}).`,
        "Attendre la fin de l'autre commande, ou supprimer ce fichier si aucune commande ne tourne.",
      );
    }
    await wait(25);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    const content = read(file);
    if (content !== undefined && isAbandoned(file, content)) putAside(file, content);
    return false;
  }
}

/** Takes an abandoned lock away; when another process was quicker and this is already its own lock, gives it back. */
function putAside(file: string, content: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== content) linkSync(aside, file);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAbandoned(file: string, content: string): boolean {
  const holder = Number(content);
  if (!Number.isInteger(holder) || holder <= 0) {
    // Empty for the instant between its creation and its content, or for ever if its maker was killed right then.
    const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    return made !== undefined && Date.now() - made > 5_000;
  }
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ESRCH';
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
