import type { IncomingMessage } from 'node:http';
import type { BodyClaim } from './body-budget.ts';

/** What is kept of a body that is refused or cut off: enough to recognise it, too little to fill a disk. */
export const KEPT_BYTES = 64 * 1024;
/** A refused body is read to its end, so that its sender hears the answer; but not for ever. */
const MAX_DISCARDED = 60 * 1024 * 1024;
const MAX_SILENCE_MS = 2000;

export type BodyReading = {
  readonly kind: 'whole' | 'too-large' | 'overloaded' | 'interrupted';
  /** The raw body when `whole`, its first bytes otherwise. */
  readonly body: Uint8Array;
  /** Some of what came is not in `body`. */
  readonly shortened: boolean;
};

/**
 * Collects the raw body, chunked or not. Beyond `limit` bytes (`too-large`), or beyond what the listener may hold at once
 * (`overloaded`), the rest is read and thrown away. `interrupted`: the client left before the end.
 */
export function readBody(request: IncomingMessage, limit: number, claim?: BodyClaim): Promise<BodyReading> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let refused: 'too-large' | 'overloaded' | undefined;
    let silence: NodeJS.Timeout | undefined;
    let settled = false;
    const shorten = (): void => {
      chunks = [copyOf(chunks).subarray(0, KEPT_BYTES)];
      claim?.release();
    };
    const settle = (kind: BodyReading['kind']): void => {
      // `close` comes after `end` too, when the body is whole and being answered.
      if (settled) return;
      settled = true;
      clearTimeout(silence);
      request.removeAllListeners('data');
      if (kind === 'interrupted' && size > KEPT_BYTES) shorten();
      const body = copyOf(chunks);
      chunks = [];
      resolve({ kind, body: new Uint8Array(body.buffer, body.byteOffset, body.length), shortened: body.length < size });
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (refused === undefined) {
        chunks.push(chunk);
        if (size > limit) refused = 'too-large';
        else if (claim?.grow(chunk.length) === false) refused = 'overloaded';
        if (refused === undefined) return;
        shorten();
      }
      if (size > MAX_DISCARDED) {
        request.pause();
        settle(refused);
        return;
      }
      const kind = refused;
      clearTimeout(silence);
      silence = setTimeout(() => settle(kind), MAX_SILENCE_MS);
    });
    request.once('end', () => settle(refused ?? 'whole'));
    request.once('close', () => settle(refused ?? 'interrupted'));
    request.once('error', () => settle(refused ?? 'interrupted'));
  });
}

/** The bytes in memory of their own: a small piece of a shared pool would hold the whole pool. */
function copyOf(chunks: readonly Buffer[]): Buffer {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const copy = Buffer.from(new ArrayBuffer(length));
  let offset = 0;
  for (const chunk of chunks) offset += chunk.copy(copy, offset);
  return copy;
}

/** Header lines in wire order with their case, as Node gives them flat. */
export function pairs(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return headers;
}
