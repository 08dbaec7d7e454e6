import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes a file so that a crash leaves either nothing or the whole of it: temporary name beside the target, synced,
 * then renamed (DESIGN §5.9). Folders are made as needed.
 */
export async function writeWhole(file: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.part`;
  const handle = await open(temporary, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/** Originals, under the hash of their bytes; never shared, readable by their owner only. */
export interface OriginalStore {
  /** @returns SHA-256 of the bytes; writing the same bytes twice keeps one copy */
  put(bytes: Uint8Array): Promise<string>;
  /** Path of the original, whether or not it exists. */
  path(hash: string): string;
}

export function createFolderStore(folder: string): OriginalStore {
  const path = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  return {
    path,
    async put(bytes) {
      const hash = sha256(bytes);
      const file = path(hash);
      const known = await access(file).then(
        () => true,
        () => false,
      );
      if (!known) await writeWhole(file, bytes, 0o600);
      return hash;
    },
  };
}
