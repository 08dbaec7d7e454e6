import { Ajv } from 'ajv';
import type { Context } from 'hono';
import type { UploadedFile } from './calculators.ts';
import { RefusedCall } from './errors.ts';
import { QUOTE_REQUEST, SUNES_REQUEST } from './openapi/requests.ts';

/** A dropped file in base64 is a third larger than it is. */
const MAX_BODY = 24 * 1024 * 1024;

interface SentFile {
  readonly name: string;
  readonly content: string;
}
type QuoteRequest = { readonly file: SentFile } | { readonly document: object };

const ajv = new Ajv({ allErrors: true });
const isQuote = ajv.compile<QuoteRequest>(QUOTE_REQUEST);
const isSunes = ajv.compile<{ readonly file: SentFile }>(SUNES_REQUEST);

export async function readQuoteRequest(
  context: Context,
): Promise<{ readonly file: UploadedFile } | { readonly document: object }> {
  const body = await jsonOf(context);
  if (!isQuote(body)) throw refused('un devis : { "document": … } ou { "file": { "name", "content" } }');
  return 'file' in body ? { file: fileOf(body.file) } : body;
}

export async function readSunesRequest(context: Context): Promise<UploadedFile> {
  const body = await jsonOf(context);
  if (!isSunes(body)) throw refused('un fichier : { "file": { "name", "content" } }');
  return fileOf(body.file);
}

/** Counted while it arrives: a body that announces less, or nothing, is bounded too. */
async function jsonOf({ req }: Context): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = (req.raw.body as ReadableStream<Uint8Array> | null)?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    size += read.value.length;
    if (size > MAX_BODY) {
      await reader?.cancel();
      throw new RefusedCall(
        413,
        'CORPS_TROP_GRAND',
        'Ce fichier est trop gros pour cette page.',
        'Employez « npm run jalon -- check quote » ou « sunes », ou découpez le fichier.',
      );
    }
    chunks.push(read.value);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw refused('un document JSON');
  }
}

function fileOf({ name, content }: SentFile): UploadedFile {
  return { name, bytes: new Uint8Array(Buffer.from(content, 'base64')) };
}

function refused(expected: string): RefusedCall {
  return new RefusedCall(
    400,
    'CORPS_REFUSE',
    `Cet appel attend ${expected}.`,
    'La forme attendue est décrite dans /api/openapi.json.',
  );
}
