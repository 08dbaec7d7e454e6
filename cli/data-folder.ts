import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

export interface DataFolder {
  readonly path: string;
  release(): void;
}

/**
 * Takes the working folder for this process: two runs on one folder would mix their pieces (DESIGN §5.9). A lock left
 * by a process that died is taken over.
 *
 * @throws {CliError} `DATA_LOCKED` when another live process holds it; system errors when it cannot be written
 */
export function takeDataFolder(dir: string): DataFolder {
  const path = resolve(dir);
  makeFolder(path);
  const lock = join(path, 'verrou');
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 1) throw error;
      const holder = Number(readFileSync(lock, 'utf8'));
      if (isAlive(holder)) {
        throw new CliError(
          'DATA_LOCKED',
          EXIT.configuration,
          `Le dossier ${path} sert déjà à une autre exécution de Jalon (processus ${holder}).`,
          'Attendez qu’elle finisse, ou travaillez dans un autre dossier avec --data.',
        );
      }
      rmSync(lock, { force: true });
    }
  }
  const release = (): void => rmSync(lock, { force: true });
  process.once('exit', release);
  return {
    path,
    release: () => {
      process.off('exit', release);
      release();
    },
  };
}

/** Level by level: the recursive form of Node turns forever where a parent cannot hold folders (`/proc`). */
function makeFolder(path: string): void {
  const isFolder = (): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder()) return;
  if (!existsSync(path)) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in between; a file of that name is the user's to know.
    if (!isFolder()) throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
