import { readContentType, readMultipart } from '#formats/mime/index.ts';
import { headerOf, readCapture } from './capture.ts';

/** A call to the DMP as a file holds it. */
export interface DmpMessage {
  /** Path of the request line, when the file has one. */
  readonly url?: string;
  /** Content-Type of the headers, or made from the parts; undefined for a bare envelope. */
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
  /** Whether Content-Type is the product's own word, not made from the parts. */
  readonly announced: boolean;
  /** Instant of its Date header, when it has one that can be read. */
  readonly at?: Date;
}

export type DmpMessageReading =
  | { readonly ok: true; readonly message: DmpMessage }
  | { readonly ok: false; readonly received: string; readonly expected: string; readonly remedy: string };

const EXPECTED =
  'une requête : capture .http, en-têtes MIME puis parties, parties seules (« --délimiteur »), ou enveloppe SOAP';
const MAX_HEAD = 64 * 1024;
/** Lines of a preamble that are tried as boundaries. */
const MAX_CANDIDATES = 20;

/**
 * Reads a captured call, in any of the forms that tools save: an HTTP request with its headers, MIME headers then a body,
 * a multipart alone, or a SOAP envelope alone.
 */
export function readDmpMessage(bytes: Uint8Array): DmpMessageReading {
  const capture = readCapture(bytes);
  if (capture?.status !== undefined) return refuse('une réponse HTTP', 'Donnez la requête du logiciel.');
  if (capture !== undefined) {
    const line = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
    const url = /^[A-Z]+ (\S+) HTTP/.exec(line)?.[1];
    const announcedType = headerOf(capture.headers, 'content-type');
    // A capture that lost its Content-Type is read by its parts, like a body saved alone.
    const body = plainBody(capture.body) ?? afterPreamble(capture.body);
    const message: DmpMessage | undefined =
      announcedType === undefined || announcedType === ''
        ? body
        : { contentType: announcedType, body: capture.body, announced: true };
    if (message === undefined) return refuse('une capture sans Content-Type, au corps inconnu', 'Gardez les en-têtes.');
    return {
      ok: true,
      message: { ...message, ...(url === undefined ? {} : { url }), ...instantOf(headerOf(capture.headers, 'date')) },
    };
  }
  const plain = plainBody(bytes) ?? withHeaders(bytes) ?? afterPreamble(bytes);
  return plain === undefined
    ? refuse(
        'un contenu qui n’est ni du MIME ni du XML',
        'Enregistrez la requête entière, sans l’ouvrir ni la convertir.',
      )
    : { ok: true, message: plain };
}

function refuse(received: string, remedy: string): DmpMessageReading {
  return { ok: false, received, expected: EXPECTED, remedy };
}

/** Offset of the first byte that is neither blank nor a byte order mark. */
function startOf(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0d, 0x0a].includes(bytes[at] ?? 0)) at += 1;
  return at;
}

/** A multipart or an envelope without headers. */
function plainBody(bytes: Uint8Array): DmpMessage | undefined {
  const start = startOf(bytes);
  const body = bytes.subarray(start);
  const head = Buffer.from(body.subarray(0, 300)).toString('latin1');
  if (head.startsWith('<') || isUtf16Xml(bytes)) return { contentType: undefined, body: bytes, announced: false };
  const boundary = /^--([^\r\n]{1,200}?)[ \t]*\r?\n/.exec(head)?.[1];
  return boundary === undefined ? undefined : multipart(boundary, body);
}

function multipart(boundary: string, body: Uint8Array): DmpMessage {
  return { contentType: contentTypeOf(boundary, body), body, announced: false };
}

/** `<` after the byte order mark of UTF-16, in either order. */
function isUtf16Xml([first, second, third, fourth]: Uint8Array): boolean {
  return (
    (first === 0xff && second === 0xfe && third === 0x3c && fourth === 0) ||
    (first === 0xfe && second === 0xff && third === 0 && fourth === 0x3c)
  );
}

/** A multipart after a preamble (RFC 2046 §5.1.1): its boundary opens a line, and is closed further on. */
function afterPreamble(body: Uint8Array): DmpMessage | undefined {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const candidates = [...buffer.toString('latin1', 0, MAX_HEAD).matchAll(/\n--([^\r\n]{1,200}?)[ \t]*(?=\r?\n)/g)];
  const found = candidates
    .slice(0, MAX_CANDIDATES)
    .map(([, candidate = '']) => candidate)
    .find((candidate) => buffer.includes(`\n--${candidate}--`, 0, 'latin1'));
  return found === undefined ? undefined : multipart(found, body);
}

/** MIME headers, an empty line, a body. */
function withHeaders(bytes: Uint8Array): DmpMessage | undefined {
  const start = startOf(bytes);
  const head = Buffer.from(bytes.subarray(start, start + MAX_HEAD)).toString('latin1');
  if (!/^[A-Za-z][A-Za-z0-9-]*[ \t]*:/.test(head)) return undefined;
  const end = /\r?\n\r?\n/.exec(head);
  if (end === null) return undefined;
  const lines = head
    .slice(0, end.index)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const valueOf = (name: RegExp): string | undefined => {
    const line = lines.find((one) => name.test(one));
    return line?.slice(line.indexOf(':') + 1).trim();
  };
  const type = valueOf(/^content-type[ \t]*:/i);
  const body = bytes.subarray(start + end.index + end[0].length);
  const at = instantOf(valueOf(/^date[ \t]*:/i));
  const message =
    type === undefined ? (plainBody(body) ?? afterPreamble(body)) : { contentType: type, body, announced: true };
  return message && { ...message, ...at };
}

/** RFC 9110 §5.6.7: a date of another form tells nothing sure. */
function instantOf(date: string | undefined): { readonly at?: Date } {
  const at = new Date(date ?? '');
  return date === undefined || !/ (?:GMT|UTC|[+-]\d{4})$/.test(date) || Number.isNaN(at.getTime()) ? {} : { at };
}

/** The Content-Type that a package must have had: its root is the part that says application/xop+xml. */
function contentTypeOf(boundary: string, body: Uint8Array): string {
  const plain = `multipart/related; type="application/xop+xml"; boundary="${boundary.replaceAll(/["\\]/g, '\\$&')}"`;
  const contentType = readContentType(plain);
  const reading = contentType === undefined ? undefined : readMultipart(body, contentType);
  const root =
    reading?.ok === true ? reading.parts.find((part) => part.contentType?.type === 'application/xop+xml') : undefined;
  return root?.contentId === undefined || /["\\]/.test(root.contentId)
    ? plain
    : `${plain}; start="<${root.contentId}>"`;
}
