import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BodySpool } from './types.ts';

/** Name of a body that is still arriving, or whose exchange was never recorded. */
export const ARRIVING = /^recu-.+\.part$/;

/** A spool that the folder can take as the body of an exchange. */
export interface FolderSpool extends BodySpool {
  /** Gives the file its final name; it is read from there afterwards. */
  adopt(path: string): void;
}

/**
 * Opens a body that is written as it arrives, so that memory never holds it whole.
 * @throws the error of the file system when the folder cannot be written
 */
export function openSpool(folder: string): FolderSpool {
  let path = join(folder, `recu-${randomUUID()}.part`);
  let descriptor: number | undefined = openSync(path, 'wx', 0o600);
  let size = 0;
  let adopted = false;
  const finish = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    get size() {
      return size;
    },
    append(chunk) {
      if (descriptor === undefined) return;
      for (let at = 0; at < chunk.length;) at += writeSync(descriptor, chunk, at);
      size += chunk.length;
    },
    read(start = 0, end = size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      const file = openSync(path, 'r');
      try {
        let at = 0;
        while (at < bytes.length) {
          const count = readSync(file, bytes, at, bytes.length - at, start + at);
          if (count === 0) throw new Error(`${path} is shorter than what was received`);
          at += count;
        }
      } finally {
        closeSync(file);
      }
      return bytes;
    },
    adopt(target) {
      finish();
      renameSync(path, target);
      path = target;
      adopted = true;
    },
    discard() {
      finish();
      if (!adopted) rmSync(path, { force: true });
    },
  };
}
