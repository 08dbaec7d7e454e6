import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError, messageOf } from '../../errors.ts';

/** Bytes of a mail on its way that stay in memory. */
const IN_MEMORY = 256 * 1024;

/**
 * Takes a mail as it comes: in memory up to 256 KiB, then in a file of the temporary folder. Many senders that never end
 * cost a file each, not the memory of their mails, and a mail is whole in memory once, when it is read.
 */
export class MailSpool {
  #chunks: Buffer[] = [];
  #held = 0;
  #length = 0;
  #file: { readonly descriptor: number; readonly folder: string } | undefined;
  readonly #inMemory: number;

  constructor(inMemory: number = IN_MEMORY) {
    this.#inMemory = inMemory;
  }

  get length(): number {
    return this.#length;
  }

  /** @throws {BenchError} `MAILS_UNWRITABLE` */
  append(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    this.#length += chunk.length;
    if (this.#held > this.#inMemory) this.#spill();
  }

  /**
   * The bytes taken, in one copy; the spool holds nothing afterwards.
   * @throws {BenchError} `MAILS_UNWRITABLE`
   */
  take(): Uint8Array {
    try {
      const source = new Uint8Array(this.#length);
      let at = this.#file === undefined ? 0 : readInto(this.#file.descriptor, source, this.#length - this.#held);
      for (const chunk of this.#chunks) {
        source.set(chunk, at);
        at += chunk.length;
      }
      return source;
    } catch (error) {
      throw unwritable(error);
    } finally {
      this.close();
    }
  }

  /** Gives the memory and the disk back. */
  close(): void {
    this.#chunks = [];
    this.#held = 0;
    this.#length = 0;
    if (this.#file === undefined) return;
    const { descriptor, folder } = this.#file;
    this.#file = undefined;
    closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  }

  #spill(): void {
    try {
      this.#file ??= openFile();
      for (const chunk of this.#chunks) {
        for (let at = 0; at < chunk.length;) at += writeSync(this.#file.descriptor, chunk, at);
      }
    } catch (error) {
      this.close();
      throw unwritable(error);
    }
    this.#chunks = [];
    this.#held = 0;
  }
}

function openFile(): { readonly descriptor: number; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-data-'));
  const descriptor = openSync(join(folder, 'mail'), 'wx+', 0o600);
  try {
    // Without a name, the file goes with the process, even a killed one.
    rmSync(folder, { recursive: true });
  } catch {
    // A system that keeps the name of an open file: `close` takes it away.
  }
  return { descriptor, folder };
}

function readInto(descriptor: number, target: Uint8Array, length: number): number {
  for (let at = 0; at < length;) {
    const count = readSync(descriptor, target, at, length - at, at);
    if (count === 0) throw new Error('fichier plus court que ce qui y a été écrit');
    at += count;
  }
  return length;
}

function unwritable(error: unknown): BenchError {
  return new BenchError(
    'MAILS_UNWRITABLE',
    `Le mail ne peut pas être gardé dans ${tmpdir()} : ${messageOf(error)}`,
    'Vérifier les droits du dossier temporaire et la place libre sur le disque.',
    { cause: error },
  );
}
