import { readContentType } from './content-type.ts';
import { transferDecode } from './transfer.ts';
import type { ContentType, MimeFault, MimeLimits, MimePart, MultipartReading } from './types.ts';

const MAX_PARTS = 1000;
const MAX_HEADER_BYTES = 65_536;
const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/**
 * Splits a multipart body (RFC 2046 §5.1). Lines may end with CRLF or LF. Preamble and epilogue are dropped, nested
 * multiparts are left to the caller, parts share the memory of `body`.
 *
 * @param contentType of the enclosing message; its `boundary` parameter is used
 */
export function readMultipart(body: Uint8Array, contentType: ContentType, limits: MimeLimits = {}): MultipartReading {
  const { maxParts = MAX_PARTS, maxHeaderBytes = MAX_HEADER_BYTES } = limits;
  const boundary = contentType.parameters['boundary'];
  if (boundary === undefined || boundary === '' || boundary.length > 200) {
    return refuse('MIME_NO_BOUNDARY', `L'en-tête Content-Type n'a pas de paramètre boundary utilisable.`);
  }
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const marks = delimiters(buffer, Buffer.from(`--${boundary}`, 'latin1'), maxParts);
  if (marks.length === 0) {
    return refuse('MIME_NO_PART', `Le délimiteur « --${boundary} » n'apparaît pas dans le corps.`);
  }
  if (marks.length > maxParts + 1) {
    return refuse('MIME_TOO_MANY_PARTS', `Le corps a plus de ${maxParts} parties.`);
  }
  const last = marks.at(-1);
  if (last?.closing !== true) {
    return refuse('MIME_TRUNCATED', `Le délimiteur final « --${boundary}-- » manque : le corps est tronqué.`);
  }
  const parts: MimePart[] = [];
  for (const [index, mark] of marks.entries()) {
    const next = marks[index + 1];
    if (next === undefined) break;
    const part = readPart(buffer.subarray(mark.after, Math.max(mark.after, next.before)), maxHeaderBytes);
    if (part === 'too-large') {
      return refuse(
        'MIME_HEADER_TOO_LARGE',
        `Les en-têtes de la partie ${index + 1} font plus de ${maxHeaderBytes} octets.`,
      );
    }
    if (part === undefined) {
      return refuse('MIME_BAD_PART_HEADER', `Les en-têtes de la partie ${index + 1} sont illisibles.`);
    }
    parts.push(part);
  }
  if (parts.length === 0) return refuse('MIME_NO_PART', 'Le corps ne contient aucune partie.');
  return { ok: true, parts };
}

function refuse(code: MimeFault['code'], message: string): MultipartReading {
  return { ok: false, fault: { code, message } };
}

interface Delimiter {
  /** Offset just before the line break that belongs to the delimiter. */
  readonly before: number;
  /** Offset of the first byte after the delimiter line. */
  readonly after: number;
  readonly closing: boolean;
}

/** Delimiter lines up to the closing one, at most two more than the number of parts allowed. */
function delimiters(buffer: Buffer, mark: Buffer, maxParts: number): Delimiter[] {
  const found: Delimiter[] = [];
  let from = 0;
  while (found.length <= maxParts + 1) {
    const start = buffer.indexOf(mark, from);
    if (start === -1) break;
    from = start + 1;
    if (start > 0 && buffer[start - 1] !== LF) continue;
    let end = start + mark.length;
    const closing = buffer[end] === DASH && buffer[end + 1] === DASH;
    if (closing) end += 2;
    while (buffer[end] === 0x20 || buffer[end] === 0x09) end += 1;
    const atEnd = end >= buffer.length;
    if (!atEnd && buffer[end] === CR && buffer[end + 1] === LF) end += 2;
    else if (!atEnd && buffer[end] === LF) end += 1;
    else if (!atEnd || !closing) continue;
    const lineBreak = start === 0 ? 0 : buffer[start - 2] === CR ? 2 : 1;
    found.push({ before: start - lineBreak, after: end, closing });
    if (closing) break;
    from = end;
  }
  return found;
}

function readPart(bytes: Buffer, maxHeaderBytes: number): MimePart | 'too-large' | undefined {
  const cut = headerEnd(bytes, maxHeaderBytes);
  if (cut === undefined) return 'too-large';
  const headers = readHeaders(bytes.subarray(0, cut.end).toString('latin1'));
  if (headers === undefined) return undefined;
  const value = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const raw = new Uint8Array(bytes.buffer, bytes.byteOffset + cut.body, bytes.byteLength - cut.body);
  const contentType = value('content-type');
  let decoded: Uint8Array | undefined;
  return {
    headers,
    contentType: contentType === undefined ? undefined : readContentType(contentType),
    contentId: value('content-id')
      ?.trim()
      .replace(/^<(.*)>$/, '$1'),
    raw,
    get content() {
      return (decoded ??= transferDecode(raw, value('content-transfer-encoding')));
    },
  };
}

/** A part may have no header at all: it then begins with an empty line. */
function headerEnd(bytes: Buffer, maxHeaderBytes: number): { end: number; body: number } | undefined {
  if (bytes[0] === LF) return { end: 0, body: 1 };
  if (bytes[0] === CR && bytes[1] === LF) return { end: 0, body: 2 };
  const head = bytes.subarray(0, maxHeaderBytes);
  const crlf = head.indexOf('\r\n\r\n');
  const lf = head.indexOf('\n\n');
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return { end: crlf, body: crlf + 4 };
  if (lf !== -1) return { end: lf, body: lf + 2 };
  // Headers and no body: the line break before the delimiter was already taken away.
  if (bytes.length < maxHeaderBytes) return { end: bytes.length, body: bytes.length };
  return undefined;
}

function readHeaders(block: string): [string, string][] | undefined {
  const headers: [string, string][] = [];
  for (const line of block.split(/\r?\n/)) {
    if (line === '') continue;
    const previous = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (previous === undefined) return undefined;
      previous[1] = `${previous[1]} ${line.trim()}`.trim();
      continue;
    }
    const match = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line);
    if (match?.[1] === undefined) return undefined;
    headers.push([match[1], (match[2] ?? '').trim()]);
  }
  return headers;
}
