import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Who plays what, between processes that all walk the same plan. */
export interface Claims {
  /** True for the first process that asks for this scenario, and for no other. */
  take(rank: number): boolean;
  /** Ranks that a process took. */
  takenBy(worker: number): readonly number[];
}

/** Makes the folder of the claims of a run, empty whatever a former run left there. */
export function resetClaims(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * One file a scenario, made by whoever comes first: the file system decides, so nobody waits for the answer of a process
 * that is busy playing, and a worker that dies leaves behind what it was at.
 */
export function openClaims(folder: string, worker: number): Claims {
  return {
    take(rank) {
      let file: number;
      try {
        file = openSync(join(folder, String(rank)), 'wx', 0o600);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
      writeSync(file, String(worker));
      closeSync(file);
      return true;
    },
    takenBy: (who) =>
      readdirSync(folder)
        .filter((name) => readFileSync(join(folder, name), 'utf8') === String(who))
        .map(Number)
        .toSorted((one, other) => one - other),
  };
}
