import type { IncomingMessage } from 'node:http';
import type { BodySpool } from '../journal/types.ts';
import { messageOf } from '../errors.ts';
import type { BodyClaim } from './body-budget.ts';

/** A body longer than this goes to the disk of the journal as it arrives. */
export const SPOOLED_FROM = 256 * 1024;
/** What is kept of a body that is refused or cut off: enough to recognise it, too little to fill a disk. */
export const KEPT_BYTES = 64 * 1024;
/** A refused body is read to its end, so that its sender hears the answer; but not for ever. */
const MAX_DISCARDED = 60 * 1024 * 1024;
const MAX_SILENCE_MS = 2000;

export type BodyReading = {
  readonly kind: 'whole' | 'too-large' | 'overloaded' | 'interrupted' | 'unkept';
  /** The raw body when `whole` and not spooled, its first bytes otherwise. */
  readonly body: Uint8Array;
  /** Where the whole body is, when it was too long for memory. */
  readonly spool?: BodySpool;
  /** Why the body could not be written (`unkept`). */
  readonly reason?: string;
  /** Some of what came is in neither. */
  readonly shortened: boolean;
};

/** What holds the bytes of a body. */
export interface BodyHolding {
  /** Bytes in memory, bounded for all the bodies of a listener together. */
  readonly memory?: BodyClaim;
  /** Bytes on disk, bounded likewise. */
  readonly disk?: BodyClaim;
  /** Opens a place on disk; without it the whole body stays in memory. */
  readonly spool?: (() => BodySpool) | undefined;
}

/**
 * Collects the raw body, chunked or not; beyond `SPOOLED_FROM` bytes it is written to disk as it arrives. Beyond `limit`
 * bytes (`too-large`), or beyond what the listener may hold at once (`overloaded`), the rest is read and thrown away.
 * `interrupted`: the client left before the end. `unkept`: the disk refused it.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  { memory, disk, spool: open }: BodyHolding = {},
): Promise<BodyReading> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let spool: BodySpool | undefined;
    let refused: 'too-large' | 'overloaded' | 'unkept' | undefined;
    let reason: string | undefined;
    let silence: NodeJS.Timeout | undefined;
    let settled = false;
    const shorten = (): void => {
      chunks =
        spool && spool.size > 0 ? [Buffer.from(spool.read(0, KEPT_BYTES))] : [copyOf(chunks).subarray(0, KEPT_BYTES)];
      spool?.discard();
      spool = undefined;
      memory?.release();
      disk?.release();
    };
    const hold = (chunk: Buffer): typeof refused => {
      if (size > limit) return 'too-large';
      try {
        if (!spool && open && size > SPOOLED_FROM) {
          if (disk?.grow(size - chunk.length) === false) return 'overloaded';
          spool = open();
          for (const one of chunks) spool.append(one);
          chunks = [];
          memory?.release();
        }
        if (spool) {
          if (disk?.grow(chunk.length) === false) return 'overloaded';
          spool.append(chunk);
          return undefined;
        }
      } catch (error) {
        reason = messageOf(error);
        return 'unkept';
      }
      chunks.push(chunk);
      return memory?.grow(chunk.length) === false ? 'overloaded' : undefined;
    };
    const settle = (kind: BodyReading['kind']): void => {
      // `close` comes after `end` too, when the body is whole and being answered.
      if (settled) return;
      settled = true;
      clearTimeout(silence);
      request.removeAllListeners('data');
      if (kind === 'interrupted' && (spool || size > KEPT_BYTES)) shorten();
      const body = copyOf(chunks);
      chunks = [];
      resolve({
        kind,
        body: new Uint8Array(body.buffer, body.byteOffset, body.length),
        ...(spool && { spool }),
        ...(reason === undefined ? {} : { reason }),
        shortened: spool === undefined && body.length < size,
      });
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (refused === undefined) {
        refused = hold(chunk);
        if (refused === undefined) return;
        if (!spool) chunks.push(chunk);
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
