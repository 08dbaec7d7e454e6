import { createHash } from 'node:crypto';
import { readContentType } from './content-type.ts';
import { readMultipart } from './multipart.ts';
import type { MimeFault, MimeLimits, MimePart, MtomReading } from './types.ts';

/**
 * Reads an MTOM/XOP package (W3C XOP 1.0, RFC 2387). Parts may come in any order; the root is the one `start` names,
 * the first one otherwise.
 *
 * @param contentTypeHeader value of the HTTP Content-Type header
 */
export function readMtom(contentTypeHeader: string, body: Uint8Array, limits: MimeLimits = {}): MtomReading {
  const contentType = readContentType(contentTypeHeader);
  if (contentType?.type !== 'multipart/related') {
    return refuse(
      'MTOM_NOT_MULTIPART',
      `Le Content-Type est « ${contentTypeHeader.slice(0, 120)} » au lieu de multipart/related.`,
    );
  }
  const kind = contentType.parameters['type']?.toLowerCase();
  if (kind !== 'application/xop+xml') {
    return refuse(
      'MTOM_NOT_XOP',
      `Le paramètre type du Content-Type vaut « ${kind ?? 'absent'} » au lieu de application/xop+xml.`,
    );
  }
  const reading = readMultipart(body, contentType, limits);
  if (!reading.ok) return reading;
  const nested = reading.parts.findIndex((part) => part.contentType?.type.startsWith('multipart/'));
  if (nested !== -1) {
    return refuse(
      'MTOM_NESTED',
      `La partie ${nested + 1} est elle-même un multipart : un paquet MTOM n'en contient pas.`,
    );
  }
  const start = contentType.parameters['start']?.trim().replace(/^<(.*)>$/, '$1');
  const root =
    start === undefined ? reading.parts[0] : reading.parts.find((part) => sameId(part.contentId ?? '', start));
  if (root === undefined) {
    return refuse('MTOM_NO_ROOT', `Aucune partie n'a le Content-ID <${start ?? ''}> que désigne le paramètre start.`);
  }
  const attachments = new Map<string, MimePart>();
  for (const part of reading.parts) {
    if (part === root || part.contentId === undefined) continue;
    if (attachments.has(part.contentId)) {
      return refuse('MTOM_DUPLICATE_CONTENT_ID', `Deux parties portent le Content-ID <${part.contentId}>.`);
    }
    attachments.set(part.contentId, part);
  }
  const byDecodedId = new Map([...attachments].map(([id, part]) => [percentDecode(id), part]));
  return {
    ok: true,
    contentType,
    root,
    attachments,
    find(href) {
      if (!/^cid:/i.test(href)) return undefined;
      const id = percentDecode(href.slice(4));
      // RFC 2392: what is decoded is the Content-ID itself; some producers escape it there too.
      return attachments.get(id) ?? byDecodedId.get(percentDecode(id));
    },
  };
}

function refuse(code: MimeFault['code'], message: string): MtomReading {
  return { ok: false, fault: { code, message } };
}

function sameId(one: string, other: string): boolean {
  return percentDecode(one) === percentDecode(other);
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Writes an MTOM/XOP package around a SOAP 1.2 envelope. The boundary comes from the content, so the same parts always
 * give the same bytes.
 *
 * @param parts `root` is the envelope with its `xop:Include` already in place; content-ids are without angle brackets
 * @returns value of the Content-Type header, and the body
 */
export function writeMtom(parts: {
  readonly root: string;
  readonly attachments: readonly {
    readonly contentId: string;
    readonly mediaType: string;
    readonly content: Uint8Array;
  }[];
  readonly action?: string;
}): { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> } {
  const rootId = 'root@jalon';
  const blocks = [
    {
      head: `Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${rootId}>`,
      content: Buffer.from(parts.root, 'utf8'),
    },
    ...parts.attachments.map((attachment) => ({
      head: `Content-Type: ${attachment.mediaType}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${attachment.contentId}>`,
      content: Buffer.from(attachment.content.buffer, attachment.content.byteOffset, attachment.content.byteLength),
    })),
  ];
  const boundary = boundaryFor(blocks.map((block) => block.content));
  const body = Buffer.concat([
    ...blocks.flatMap((block) => [Buffer.from(`--${boundary}\r\n${block.head}\r\n\r\n`), block.content, CRLF]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const action = parts.action === undefined ? '' : `; action="${parts.action}"`;
  return {
    contentType: `multipart/related; type="application/xop+xml"; start="<${rootId}>"; start-info="application/soap+xml"; boundary="${boundary}"${action}`,
    body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength),
  };
}

const CRLF = Buffer.from('\r\n');

function boundaryFor(contents: readonly Buffer[]): string {
  for (let attempt = 0; ; attempt += 1) {
    const hash = createHash('sha256').update(String(attempt));
    for (const content of contents) hash.update(content);
    const boundary = `MIMEBoundary_${hash.digest('hex').slice(0, 32)}`;
    if (!contents.some((content) => content.includes(boundary))) return boundary;
  }
}
