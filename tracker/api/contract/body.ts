import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { problem } from '../problems/index.ts';
import type { BodyKind, Upload, UploadedBytes } from './types.ts';

/** Texts and choices of a person; a dropped file has its own bound. */
const MAX_JSON = 256 * 1024;

/**
 * Reads a JSON body, bounded.
 *
 * @throws {Problem} 400 `CORPS_REFUSE`, 413 `CORPS_TROP_GRAND`, 415 `TYPE_REFUSE`
 */
export async function readJson(context: Context, maxBytes = MAX_JSON): Promise<unknown> {
  askType(context, ['application/json']);
  const bytes = await readBytes(context, maxBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw problem('CORPS_REFUSE', { problems: 'ce n’est pas un document JSON en UTF-8' });
  }
}

/**
 * Reads the bytes of a file, bounded.
 *
 * @throws {Problem} 400 `CORPS_REFUSE` when there is none, 413, 415
 */
export async function readFileBody(
  context: Context,
  { types, maxBytes }: Extract<BodyKind, { kind: 'file' }>,
): Promise<UploadedBytes> {
  const type = askType(context, types);
  const bytes = await readBytes(context, maxBytes);
  if (bytes.length === 0) throw problem('CORPS_REFUSE', { problems: 'le fichier est vide' });
  return { bytes, type, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The bytes of a call as they come, bounded. */
export function uploadOf({ req }: Context, { maxBytes }: Extract<BodyKind, { kind: 'stream' }>): Upload {
  return {
    stream: bounded(req.raw.body, Number(req.header('content-length') ?? 0), maxBytes),
    type: req.header('content-type') ?? '',
  };
}

async function* bounded(
  body: ReadableStream<Uint8Array> | null,
  announced: number,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const tooLarge = (): Error => problem('CORPS_TROP_GRAND', { limit: sizeText(maxBytes) });
  if (announced > maxBytes) throw tooLarge();
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    yield chunk;
  }
}

function askType({ req }: Context, types: readonly string[]): string {
  const type = (req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (types.includes(type)) return type;
  throw problem('TYPE_REFUSE', { types: types.join(' », « ') });
}

/** Counted while it arrives: a body that announces less, or nothing, is bounded too. */
async function readBytes({ req }: Context, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = (): Error => problem('CORPS_TROP_GRAND', { limit: sizeText(maxBytes) });
  if (Number(req.header('content-length') ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = (req.raw.body as ReadableStream<Uint8Array> | null)?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    size += read.value.length;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / (1024 * 1024))} Mo` : `${Math.floor(bytes / 1024)} Ko`;
}
