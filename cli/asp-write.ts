import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Begins the name of a folder of files that are not all there yet; the process that writes them ends it. */
const MARK = 'jalon-partiel-';

/**
 * Files of requests on their way to a folder: none has its final name before all are whole, so that a kill leaves
 * neither a half file nor half a batch. A folder that is not there yet comes to be at once, by one renaming instead of
 * ten thousand. Small files by the ten thousand: a call that waits costs less than a promise for each.
 */
export class Batch {
  readonly #out: string;
  readonly #fresh: boolean;
  readonly #staging: string;
  readonly #names: string[] = [];

  /**
   * @param out folder of the files, made when absent
   * @throws system errors when nothing can be written there
   */
  constructor(out: string) {
    this.#out = resolve(out);
    this.#fresh = !existsSync(this.#out);
    // Beside a folder to be, inside one that is there: always on the same disk.
    const base = this.#fresh ? dirname(this.#out) : this.#out;
    const prefix = this.#fresh ? `.${basename(this.#out)}.${MARK}` : `.${MARK}`;
    if (this.#fresh) mkdirSync(base, { recursive: true });
    removeAbandoned(base, prefix);
    this.#staging = join(base, `${prefix}${process.pid}`);
    mkdirSync(this.#staging);
  }

  /** Writes a file that shows with the others. @returns the path that it will have */
  add(name: string, content: string | Uint8Array): string {
    const path = join(this.#out, name);
    if (!this.#fresh && isThere(path, content)) return path;
    writeFileSync(join(this.#staging, name), content);
    this.#names.push(name);
    return path;
  }

  /** Gives every file its name; what was there under the same names is replaced. */
  commit(): void {
    if (this.#fresh && isRenamed(this.#staging, this.#out)) return;
    // Another process made the folder in between, or it was there: file by file.
    for (const name of this.#names) renameSync(join(this.#staging, name), join(this.#out, name));
    rmSync(this.#staging, { recursive: true, force: true });
  }

  /** Removes what was not given its name; nothing once all was. */
  discard(): void {
    rmSync(this.#staging, { recursive: true, force: true });
  }
}

/**
 * Whether a file is there already, to the byte. Reading costs less than replacing: ext4 searches long for a free inode
 * when ten thousand of them were given up a moment ago.
 */
function isThere(path: string, content: string | Uint8Array): boolean {
  try {
    return readFileSync(path).equals(typeof content === 'string' ? Buffer.from(content) : content);
  } catch {
    // Whatever hinders the reading is told by the writing.
    return false;
  }
}

function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) || !existsSync(to)) throw error;
    return false;
  }
}

/** Removes what processes that died left. */
function removeAbandoned(base: string, prefix: string): void {
  for (const name of readdirSync(base)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (!Number.isSafeInteger(pid) || pid <= 0 || (pid !== process.pid && isAlive(pid))) continue;
    rmSync(join(base, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
