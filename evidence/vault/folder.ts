import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { altered, missing, unwritable } from './errors.ts';
import type { Bytes, Leftover, Sealed, Vault } from './types.ts';

/** Name of the vault in the working folder. */
export const VAULT = 'coffre';

const HASH = /^[0-9a-f]{64}$/;
/** Where pieces are written before they have a name. */
const BESIDE = 'en-cours';
const OWNER_ONLY = 0o600;

/** A vault in a folder, which is made as needed; readable by its owner only. */
export function folderVault(folder: string): Vault {
  const placeOf = (sha256: string): string => {
    if (!HASH.test(sha256)) throw missing(sha256.slice(0, 64));
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    put: (bytes) => put(folder, bytes),
    async stat(sha256) {
      const found = await stat(placeOf(sha256)).catch(ifAbsent);
      return found?.isFile() === true ? { sha256, size: found.size } : undefined;
    },
    read: (sha256) => read(placeOf(sha256), sha256),
    remove: (sha256) => remove(folder, placeOf(sha256)),
    list: () => list(folder),
    leftovers: () => leftovers(folder),
  };
}

async function put(folder: string, bytes: Bytes): Promise<Sealed> {
  const beside = join(folder, BESIDE);
  const temporary = join(beside, `${randomUUID()}.part`);
  try {
    await mkdir(beside, { recursive: true, mode: 0o700 });
    const sealed = await writeBeside(temporary, bytes);
    const into = join(folder, sealed.sha256.slice(0, 2));
    const place = join(into, sealed.sha256);
    // Replacing a piece that is there already would be the same bytes; one that was altered since is mended by it.
    await mkdir(into, { recursive: true, mode: 0o700 });
    await rename(temporary, place);
    // The name is on the disk once its folder is, and the folder once its own is.
    await syncFolder(into);
    await syncFolder(folder);
    return sealed;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // What the source of the bytes says is its own.
    if (error instanceof SourceError) throw error.cause;
    throw unwritable(folder, error);
  }
}

async function writeBeside(temporary: string, bytes: Bytes): Promise<Sealed> {
  const handle = await open(temporary, 'wx', OWNER_ONLY);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of chunksOf(bytes)) {
      hash.update(chunk);
      size += chunk.length;
      await writeAll(handle, chunk);
    }
    await handle.sync();
    return { sha256: hash.digest('hex'), size };
  } finally {
    await handle.close();
  }
}

/** A write may take a part only. */
async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) {
    const { bytesWritten } = await handle.write(chunk, at);
    at += bytesWritten;
  }
}

class SourceError extends Error {
  constructor(cause: unknown) {
    super('la source des octets a échoué', { cause });
  }
}

async function* chunksOf(bytes: Bytes): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) {
    yield bytes;
    return;
  }
  try {
    yield* bytes;
  } catch (error) {
    throw new SourceError(error);
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders; its file system writes names with the files.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* read(place: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(place) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(sha256, error);
    throw error;
  }
  if (hash.digest('hex') !== sha256) throw altered(sha256);
}

async function remove(folder: string, place: string): Promise<void> {
  try {
    await rm(place, { force: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
}

async function* list(folder: string): AsyncGenerator<Sealed> {
  for (const name of await namesIn(folder, /^[0-9a-f]{2}$/)) {
    for (const sha256 of await namesIn(join(folder, name), HASH)) {
      if (!sha256.startsWith(name)) continue;
      const found = await stat(join(folder, name, sha256)).catch(ifAbsent);
      if (found?.isFile() === true) yield { sha256, size: found.size };
    }
  }
}

async function* leftovers(folder: string): AsyncGenerator<Leftover> {
  for (const name of await namesIn(join(folder, BESIDE), /\.part$/)) {
    const place = join(folder, BESIDE, name);
    const found = await stat(place).catch(ifAbsent);
    if (found !== undefined) yield { place, size: found.size, remove: () => rm(place, { force: true }) };
  }
}

/** Sorted, so that two readings of the same vault say the same. */
async function namesIn(folder: string, wanted: RegExp): Promise<readonly string[]> {
  const names: string[] = [];
  const dir = await opendir(folder).catch(ifAbsent);
  if (dir === undefined) return names;
  for await (const { name } of dir) if (wanted.test(name)) names.push(name);
  return names.toSorted((one, other) => (one < other ? -1 : 1));
}

function ifAbsent(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
