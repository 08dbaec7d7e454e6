import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { SglError } from '../model/index.ts';
import { openHttps, type HttpsRequest } from '../net/index.ts';
import type { DirectoryAccess } from './access.ts';

/** The real extraction is about 200 MB zipped and 1 GB of text. */
const MAX_DOWNLOAD_BYTES = 1024 ** 3;
const MAX_TEXT_BYTES = 4 * 1024 ** 3;
/** A line of the real extraction is below 2 KB. */
const MAX_LINE = 64 * 1024;

/** What tells the version of a file from another (RFC 9110 §8.8), as the server gave it. */
export interface Version {
  tag?: string;
  modified?: string;
}

/** What became of a download: nothing new since the version that is held, or what was made of the lines. */
export type Downloaded<Result> = { unchanged: true } | { unchanged: false; result: Result; version: Version };

/**
 * Downloads the extraction to a temporary file, hands its text over line by line, and leaves nothing behind.
 * A zip is recognised by its first bytes; its first `.txt` or `.csv` entry is read.
 *
 * @param held version already loaded: the file is sent only when it is another one
 * @throws {SglError} `ANNUAIRE_…`; {@link NetError} when the download did not begin
 */
export async function withExtractionLines<Result>(
  request: HttpsRequest,
  access: Pick<DirectoryAccess, 'persist'>,
  held: Version,
  read: (lines: AsyncIterable<string>) => Promise<Result>,
): Promise<Downloaded<Result>> {
  const folder = await mkdtemp(join(tmpdir(), 'sgl-annuaire-'));
  try {
    const file = join(folder, 'extraction');
    const version = await download({ ...request, headers: unlessHeld(held) }, access, file);
    if (version === undefined) return { unchanged: true };
    if (!(await isZip(file))) return { unchanged: false, result: await read(linesOf(createReadStream(file))), version };
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false });
    try {
      return { unchanged: false, result: await read(linesOf(await firstText(zip))), version };
    } finally {
      zip.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unlessHeld({ tag, modified }: Version): Record<string, string> {
  return {
    ...(tag !== undefined && { 'if-none-match': tag }),
    ...(modified !== undefined && { 'if-modified-since': modified }),
  };
}

/** @returns the version of the file, undefined when it is the one held */
async function download(
  request: HttpsRequest,
  { persist }: Pick<DirectoryAccess, 'persist'>,
  file: string,
): Promise<Version | undefined> {
  const { status, headers, response } = await persist(async () => {
    const opened = await openHttps(request);
    const drop = (): void => void opened.destroy();
    return { status: opened.statusCode ?? 0, headers: opened.headers, response: opened, drop };
  });
  if (status !== 200) {
    response.destroy();
    if (status === 304) return undefined;
    throw failure('ANNUAIRE_REFUS', `Le téléchargement de l'extraction a été refusé (HTTP ${status}).`);
  }
  try {
    await pipeline(response, bounded(MAX_DOWNLOAD_BYTES), createWriteStream(file));
  } catch (cause) {
    if (cause instanceof SglError) throw cause;
    throw failure('ANNUAIRE_COUPURE', "Le téléchargement de l'extraction a été interrompu.", cause);
  }
  const { etag: tag, 'last-modified': modified } = headers;
  return { ...(tag !== undefined && { tag }), ...(modified !== undefined && { modified }) };
}

function bounded(limit: number) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.byteLength;
      if (size > limit) throw failure('ANNUAIRE_TROP_GRAND', "L'extraction dépasse la taille acceptée.");
      yield chunk;
    }
  };
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await handle.close();
  }
}

async function firstText(zip: ZipFile): Promise<Readable> {
  const entry = await new Promise<Entry | undefined>((resolve, reject) => {
    zip.on('entry', (found: Entry) => {
      if (/\.(txt|csv)$/i.test(found.fileName) && found.uncompressedSize <= MAX_TEXT_BYTES) resolve(found);
      else zip.readEntry();
    });
    zip.once('end', () => resolve(undefined));
    zip.once('error', reject);
    zip.readEntry();
  });
  if (!entry) throw failure('ANNUAIRE_ARCHIVE', "L'archive ne contient pas de fichier texte d'extraction.");
  return await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

/** UTF-8 lines; the end of line may be LF or CRLF. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bounded(MAX_TEXT_BYTES)(stream as AsyncIterable<Buffer>)) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > MAX_LINE) throw failure('ANNUAIRE_LIGNE', "Une ligne de l'extraction est démesurée.");
    for (const line of parts) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

function failure(code: string, reason: string, cause?: unknown): SglError {
  return new SglError(code, reason, "Vérifiez l'adresse de l'extraction, puis relancez l'import.", { cause });
}
