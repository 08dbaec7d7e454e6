import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { SealError } from './errors.ts';
import { SEAL, sha256Of, writeHow, writeManifest, writeSums } from './manifest.ts';
import { folded, pathProblem } from './safe-path.ts';
import { centralHeader, CRC_OFFSET, endOfZip, localHeader, type ZipEntry } from './stored-zip.ts';
import type { About, ManifestFile, Seal, SealedArchive, SealedEntry } from './types.ts';

/**
 * Writes files and their seal in one zip, in their order, the seal last: under a temporary name, synced, then renamed. Memory does not grow with
 * the size of the files. The same input gives the same bytes, but for a new time-stamp.
 *
 * @param about goes in the manifest
 * @throws {SealError} `SEAL_PATH` for a name that does not unpack everywhere, or comes twice; `SEAL_BYTES_CHANGED` when a file is not the one that
 *   was announced; those of the time-stamp; system errors of the file. Nothing is left then.
 */
export async function writeSealed(
  file: string,
  entries: Iterable<SealedEntry> | AsyncIterable<SealedEntry>,
  about: About,
  seal: Seal,
): Promise<SealedArchive> {
  const beside = `${file}.${randomUUID()}.part`;
  const handle = await open(beside, 'wx', 0o644);
  try {
    const zip = new StoredZip(handle);
    const files: ManifestFile[] = [];
    const known = new Set(Object.values(SEAL).map(folded));
    for await (const entry of entries) {
      const problem = pathProblem(entry.path) ?? (known.has(folded(entry.path)) ? 'ce nom est déjà pris' : undefined);
      if (problem !== undefined) {
        throw new SealError(
          'SEAL_PATH',
          `« ${entry.path} » ne va pas dans le dossier : ${problem}.`,
          'Renommez la pièce.',
        );
      }
      known.add(folded(entry.path));
      files.push(await zip.add(entry));
    }
    const sums: Pick<ManifestFile, 'path' | 'sha256'>[] = [...files];
    const put = async (path: string, bytes: Buffer): Promise<void> => {
      sums.push({ path, sha256: sha256Of(bytes) });
      await zip.add({ path, size: bytes.length, open: () => once(bytes) });
    };
    const manifest = writeManifest(about, files);
    await put(SEAL.manifest, manifest);
    const token = await seal.timestamp?.(manifest);
    if (token !== undefined) await put(SEAL.timestamp, Buffer.from(token));
    const { signer } = seal;
    await put(SEAL.key, Buffer.from(signer.publicKey));
    await put(SEAL.how, writeHow(signer.fingerprint, token !== undefined));
    const list = writeSums(sums);
    await put(SEAL.sums, list);
    await put(SEAL.signature, Buffer.from(signer.sign(list)));
    const { size, count } = await zip.end();
    await handle.sync();
    await handle.close();
    const sha256 = await digestOf(beside);
    await rename(beside, file);
    await syncFolder(dirname(file));
    return { sha256, size, files: count, fingerprint: signer.fingerprint };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A zip that is being written; checksums are put in the headers once the bytes went by. */
class StoredZip {
  readonly #handle: FileHandle;
  readonly #entries: { readonly entry: ZipEntry; readonly offset: number }[] = [];
  #at = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async add({ path, size, sha256, open: read }: SealedEntry): Promise<ManifestFile> {
    const offset = this.#at;
    await this.#write(localHeader({ name: path, size, crc32: 0 }));
    const hash = createHash('sha256');
    let crc = 0;
    let seen = 0;
    for await (const chunk of read()) {
      hash.update(chunk);
      crc = crc32(chunk, crc);
      seen += chunk.length;
      await this.#write(chunk);
    }
    const found = hash.digest('hex');
    if (seen !== size || (sha256 !== undefined && found !== sha256)) {
      throw new SealError(
        'SEAL_BYTES_CHANGED',
        `« ${path} » n’est plus la pièce qui a été recueillie : ${seen === size ? 'son empreinte' : 'sa taille'} a changé.`,
        'Reprenez-la d’une sauvegarde, ou recueillez-la de nouveau ; « evidence verify » les relit toutes.',
      );
    }
    const field = Buffer.alloc(4);
    field.writeUInt32LE(crc);
    await this.#handle.write(field, 0, 4, offset + CRC_OFFSET);
    this.#entries.push({ entry: { name: path, size, crc32: crc }, offset });
    return { path, size, sha256: found };
  }

  async end(): Promise<{ readonly size: number; readonly count: number }> {
    const offset = this.#at;
    for (const { entry, offset: start } of this.#entries) await this.#write(centralHeader(entry, start));
    await this.#write(endOfZip(this.#entries.length, offset, this.#at - offset));
    return { size: this.#at, count: this.#entries.length };
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, this.#at + at);
      at += bytesWritten;
    }
    this.#at += bytes.length;
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
