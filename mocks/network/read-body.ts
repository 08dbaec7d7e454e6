import type { IncomingMessage } from 'node:http';

export type BodyReading = { readonly kind: 'whole' | 'too-large' | 'interrupted'; readonly body: Uint8Array };

/**
 * Collects the raw body, chunked or not. Beyond `limit` bytes it stops reading and gives what came so far.
 * `interrupted`: the client left before the end.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (kind: BodyReading['kind']) => {
      request.removeAllListeners('data');
      resolve({ kind, body: new Uint8Array(Buffer.concat(chunks)) });
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        settle('too-large');
        return;
      }
      chunks.push(chunk);
    });
    request.once('end', () => settle('whole'));
    request.once('close', () => settle('interrupted'));
    request.once('error', () => settle('interrupted'));
  });
}

/** Header lines in wire order with their case, as Node gives them flat. */
export function pairs(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return headers;
}
