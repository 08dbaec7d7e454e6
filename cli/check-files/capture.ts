import type { RawHeader } from '#formats/exchange/index.ts';

const MAX_HEAD = 64 * 1024;

/** A request or a response as it crossed the wire: what the bench files as a proof, or what a proxy saved. */
export interface HttpCapture {
  /** Absent for a request. */
  readonly status?: number;
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
}

/**
 * Reads a `.http` capture: start line, headers, empty line, body.
 *
 * @returns undefined when the bytes do not begin with an HTTP start line
 */
export function readCapture(bytes: Uint8Array): HttpCapture | undefined {
  const head = Buffer.from(bytes.subarray(0, MAX_HEAD)).toString('latin1');
  const response = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(head);
  if (response === null && !/^[A-Z]{3,10} \S+ HTTP\/\d(?:\.\d)?\r?\n/.test(head)) return undefined;
  const end = /\r?\n\r?\n/.exec(head);
  const lines = head
    .slice(0, end?.index ?? head.length)
    .split(/\r?\n/)
    .slice(1);
  const headers = lines.flatMap((line): readonly RawHeader[] => {
    const colon = line.indexOf(':');
    return colon <= 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
  const body = end === null ? new Uint8Array() : bytes.subarray(end.index + end[0].length);
  const chunked = /chunked/i.test(headerOf(headers, 'transfer-encoding') ?? '');
  return {
    ...(response === null ? {} : { status: Number(response[1]) }),
    headers,
    body: chunked ? withoutChunks(body) : body,
  };
}

export function headerOf(headers: readonly RawHeader[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** The bench keeps the body without its chunks, others keep them: what does not look like chunks is the body itself. */
function withoutChunks(body: Uint8Array): Uint8Array {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const pieces: Uint8Array[] = [];
  let at = 0;
  while (at < buffer.length) {
    const line = buffer.indexOf('\r\n', at);
    const size =
      line < 0 ? null : /^([0-9a-fA-F]{1,8})(?:;.*)?$/.exec(buffer.toString('latin1', at, Math.min(line, at + 200)));
    if (size === null) return body;
    const length = Number.parseInt(size[1] ?? '0', 16);
    if (length === 0) break;
    pieces.push(buffer.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
  return new Uint8Array(Buffer.concat(pieces));
}
