import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files written at once: enough to keep a disk busy, few enough to hold in memory. */
const AT_ONCE = 8;

/** Writes files into a folder, a few at a time; each under another name first, so that none is ever half there. */
export class FileWriter {
  readonly #dir: string;
  readonly #busy = new Set<Promise<void>>();

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /** @throws system errors when the folder cannot be made */
  static async open(dir: string): Promise<FileWriter> {
    await mkdir(dir, { recursive: true });
    return new FileWriter(dir);
  }

  /** Begins to write; waits only when enough is under way. @returns absolute path of the file to be */
  async put(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.#dir, name);
    while (this.#busy.size >= AT_ONCE) await Promise.race(this.#busy);
    const job = writeFile(`${path}.part`, content)
      .then(() => rename(`${path}.part`, path))
      .finally(() => this.#busy.delete(job));
    // Failures are told by the one who waits; until then they must not end the program.
    job.catch(() => {});
    this.#busy.add(job);
    return path;
  }

  /** Resolves once everything is written. */
  async done(): Promise<void> {
    await Promise.all(this.#busy);
  }
}
