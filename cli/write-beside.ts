import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';

/**
 * Writes a file beside its place, syncs it, then gives it its name: a file that is there is whole. Nothing is left of one that
 * could not be written.
 *
 * @param fill ends once everything was given to the stream and flushed
 */
export async function writeBeside<T>(file: string, fill: (to: Writable) => Promise<T>): Promise<T> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    const value = await fill(createWriteStream(beside, { flags: 'wx', mode: 0o600 }));
    const handle = await open(beside, 'r');
    await handle.sync();
    await handle.close();
    await rename(beside, file);
    return value;
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
