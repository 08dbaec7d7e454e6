import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a folder for the files of requests. @throws system errors when it cannot be made */
export function makeFolder(dir: string): void {
  mkdirSync(dir, { recursive: true });
}

/**
 * Writes a file under another name first, so that none is ever half there. Small files by the ten thousand: a call that
 * waits costs less than a promise for each.
 *
 * @returns its path
 */
export function writeWhole(dir: string, name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
  return path;
}
