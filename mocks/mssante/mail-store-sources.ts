import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError, messageOf } from '../errors.ts';

/** The bytes of a mail, wherever they are. */
export interface KeptSource {
  readonly size: number;
  /**
   * A fresh copy of some of the bytes, all of them by default.
   * @throws {BenchError} `MAIL_GONE` once the mailboxes were emptied or closed, for a mail that was on disk
   */
  read(start?: number, end?: number): Buffer;
}

export interface SourceKeeper {
  /** @throws {BenchError} `MAILS_FULL`, `MAILS_UNWRITABLE` */
  keep(source: Uint8Array): KeptSource;
  /** Forgets everything; what was on disk cannot be read any more. */
  clear(): void;
  close(): void;
}

export interface KeeperLimits {
  /** Largest mail kept in memory, bytes. */
  readonly inMemory?: number;
  /** Bytes of mails kept in memory, above which all go to disk. */
  readonly memoryBudget?: number;
  /** Bytes kept on disk, above which nothing more is taken. */
  readonly diskBudget?: number;
}

const KIB = 1024;
const DEFAULTS = { inMemory: 64 * KIB, memoryBudget: 16 * KIB * KIB, diskBudget: 8 * KIB * KIB * KIB };

/**
 * Keeps mails: the small ones in memory up to a budget, the others one after the other in one file of the temporary
 * folder. The file has no name any more once it is open, so that a killed bench leaves nothing behind; where the system
 * does not allow that, it goes at the close.
 */
export function createSourceKeeper(limits: KeeperLimits = {}): SourceKeeper {
  const { inMemory, memoryBudget, diskBudget } = { ...DEFAULTS, ...limits };
  let inUse = 0;
  let file: { readonly descriptor: number; readonly folder: string } | undefined;
  let length = 0;
  let generation = 0;

  const onDisk = (source: Uint8Array): KeptSource => {
    if (length + source.length > diskBudget) {
      throw new BenchError(
        'MAILS_FULL',
        `Les boîtes du banc tiennent déjà ${length} octets de mails : il n'en prend pas plus de ${diskBudget}.`,
        'Remettre le banc à zéro (POST /reset de son API de contrôle), ou le redémarrer.',
      );
    }
    const start = length;
    const { size, mine } = { size: source.length, mine: generation };
    file ??= openFile();
    const { descriptor } = file;
    write(descriptor, source, start);
    length += size;
    return {
      size,
      read(from = 0, to = size) {
        if (mine !== generation) throw gone();
        return readAt(descriptor, start + from, Math.max(0, Math.min(to, size) - from));
      },
    };
  };

  const empty = (): void => {
    generation += 1;
    inUse = 0;
    length = 0;
  };

  return {
    keep(source) {
      if (source.length > inMemory || inUse + source.length > memoryBudget) return onDisk(source);
      inUse += source.length;
      const bytes = Buffer.from(source);
      return { size: bytes.length, read: (from, to) => Buffer.from(bytes.subarray(from ?? 0, to)) };
    },
    clear() {
      empty();
      if (file !== undefined) ftruncateSync(file.descriptor, 0);
    },
    close() {
      empty();
      if (file === undefined) return;
      closeSync(file.descriptor);
      rmSync(file.folder, { recursive: true, force: true });
      file = undefined;
    },
  };
}

function openFile(): { readonly descriptor: number; readonly folder: string } {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-mails-'));
    const path = join(folder, 'mails');
    const descriptor = openSync(path, 'wx+', 0o600);
    try {
      rmSync(folder, { recursive: true });
    } catch {
      // A system that keeps the name of an open file: `close` takes it away.
    }
    return { descriptor, folder };
  } catch (error) {
    throw unwritable(error);
  }
}

function write(descriptor: number, source: Uint8Array, start: number): void {
  try {
    for (let at = 0; at < source.length;) {
      at += writeSync(descriptor, source, at, source.length - at, start + at);
    }
  } catch (error) {
    throw unwritable(error);
  }
}

function readAt(descriptor: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size;) {
    const count = readSync(descriptor, bytes, at, size - at, start + at);
    if (count === 0) throw gone();
    at += count;
  }
  return bytes;
}

function unwritable(error: unknown): BenchError {
  return new BenchError(
    'MAILS_UNWRITABLE',
    `Les mails ne peuvent pas être gardés dans ${tmpdir()} : ${messageOf(error)}`,
    'Vérifier les droits du dossier temporaire et la place libre sur le disque.',
    { cause: error },
  );
}

function gone(): BenchError {
  return new BenchError(
    'MAIL_GONE',
    "Ce mail n'est plus dans le banc : ses boîtes ont été vidées depuis.",
    'Lire les mails avant la remise à zéro ou la fermeture du banc.',
  );
}
