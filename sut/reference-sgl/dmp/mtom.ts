import { randomUUID } from 'node:crypto';

export interface Attachment {
  /** Without angle brackets. */
  readonly contentId: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * MTOM packaging: the envelope as root part, then each document as the very bytes that the metadata hash.
 * Source: W3C MTOM and XOP; protocols.md §2.5.
 */
export function packMtom(
  root: string,
  action: string,
  attachments: readonly Attachment[],
): { contentType: string; body: Buffer } {
  const boundary = `MIMEBoundary_${randomUUID()}`;
  const start = 'enveloppe@sgl';
  const part = (headers: readonly string[], content: Uint8Array) => [
    Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`, 'utf8'),
    content,
    Buffer.from('\r\n'),
  ];
  const headers = (type: string, id: string) => [
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: binary',
    `Content-ID: <${id}>`,
  ];
  const body = Buffer.concat([
    ...part(
      headers('application/xop+xml; charset=UTF-8; type="application/soap+xml"', start),
      Buffer.from(root, 'utf8'),
    ),
    ...attachments.flatMap(({ mediaType, contentId, bytes }) => part(headers(mediaType, contentId), bytes)),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const contentType =
    `multipart/related; type="application/xop+xml"; boundary="${boundary}"; start="<${start}>"; ` +
    `start-info="application/soap+xml"; action="${action}"`;
  return { contentType, body };
}

/** Root part of an answer: the whole body when it is not multipart, else the part that `start` names, else the first. */
export function unpackRoot(contentType: string, body: Uint8Array): Uint8Array | undefined {
  return unpack(contentType, body)?.root;
}

export interface Package {
  readonly root: Uint8Array;
  /** Content of the part that an Include names. */
  included(href: string): Uint8Array | undefined;
}

/** The root and the parts of an answer; undefined when it is a multipart that cannot be cut. */
export function unpack(contentType: string, body: Uint8Array): Package | undefined {
  if (!/^\s*multipart\/related\b/i.test(contentType)) return { root: body, included: () => undefined };
  const boundary = parameter(contentType, 'boundary');
  if (boundary === undefined) return undefined;
  const parts = split(Buffer.from(body), `--${boundary}`);
  const start = parameter(contentType, 'start');
  const root = (parts.find((part) => start !== undefined && part.contentId === start) ?? parts[0])?.content;
  return (
    root && {
      root,
      included: (href) => {
        const id = `<${decoded(href.replace(/^cid:/i, ''))}>`;
        return parts.find((part) => part.contentId === id)?.content;
      },
    }
  );
}

/** A `cid:` may be percent-encoded, a Content-ID is not. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parameter(contentType: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2];
}

interface Part {
  readonly contentId: string | undefined;
  readonly content: Buffer;
}

/** Cuts at the delimiter lines, and each part at its first empty line. */
function split(body: Buffer, delimiter: string): readonly Part[] {
  const parts: Part[] = [];
  let from = body.indexOf(delimiter);
  while (from !== -1) {
    const begin = from + delimiter.length;
    const next = body.indexOf(`\r\n${delimiter}`, begin);
    if (next === -1 || body.subarray(begin, begin + 2).toString() === '--') break;
    const part = body.subarray(begin, next);
    const blank = part.indexOf('\r\n\r\n');
    if (blank !== -1) parts.push(read(part.subarray(0, blank).toString('utf8'), part.subarray(blank + 4)));
    from = next + 2;
  }
  return parts;
}

function read(head: string, content: Buffer): Part {
  const header = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, 'im').exec(head)?.[1]?.trim();
  const base64 = header('Content-Transfer-Encoding')?.toLowerCase() === 'base64';
  return {
    contentId: header('Content-ID'),
    content: base64 ? Buffer.from(content.toString('latin1'), 'base64') : content,
  };
}
