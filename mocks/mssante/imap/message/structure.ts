import { fieldsOf, firstValue, headerEnd } from './fields.ts';
import { parameter, readParameterised, type ParameterisedField } from './parameters.ts';

/** A part of a mail, by its place in the source: nothing is decoded, nothing is copied. */
export interface MailPart {
  readonly start: number;
  /** After the blank line of the header: where the body begins. */
  readonly bodyStart: number;
  readonly end: number;
  /** Upper case: `TEXT`, `PLAIN`. */
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ParameterisedField['parameters'];
  readonly encoding: string;
  readonly id: string | undefined;
  readonly description: string | undefined;
  readonly md5: string | undefined;
  readonly disposition: ParameterisedField | undefined;
  readonly languages: readonly string[];
  readonly location: string | undefined;
  /** Line ends of the body. */
  readonly lines: number;
  /** Parts of a multipart. */
  readonly children: readonly MailPart[];
  /** The mail inside a message/rfc822. */
  readonly message: MailPart | undefined;
}

const LF = 0x0a;
const CR = 0x0d;
const MAX_DEPTH = 24;
const MAX_PARTS = 1000;
/** A delimiter line is its delimiter and a few blanks (RFC 2046 §5.1.1). */
const MAX_TAIL = 200;

interface Reader {
  readonly source: Buffer;
  partsLeft: number;
}

/**
 * Reads where the parts of a mail are (RFC 2045, RFC 2046). Any bytes are a mail: a multipart whose delimiter never
 * comes, or one nested too deep, is one part of unknown content.
 */
export function readStructure(source: Buffer): MailPart {
  return readPart({ source, partsLeft: MAX_PARTS }, 0, source.length, 0, 'text/plain');
}

function readPart(reader: Reader, start: number, end: number, depth: number, implied: string): MailPart {
  const { source } = reader;
  reader.partsLeft -= 1;
  const bodyStart = headerEnd(source, start, end);
  const fields = fieldsOf(source, start, bodyStart);
  const value = (name: string): string | undefined => firstValue(source, fields, name);
  const declared = readParameterised(value('content-type') ?? implied);
  const media = /^([^\s/]+)\/([^\s/]+)$/u.test(declared.value) ? declared : { value: implied, parameters: [] };
  const [type = '', subtype = ''] = media.value.toUpperCase().split('/');
  const within = depth < MAX_DEPTH && reader.partsLeft > 0;
  const boundary = type === 'MULTIPART' ? parameter(media, 'boundary') : undefined;
  const slices = boundary && within ? split(reader, bodyStart, end, boundary) : [];
  const inner = subtype === 'DIGEST' ? 'message/rfc822' : 'text/plain';
  const children = slices.map((slice) => readPart(reader, slice.start, slice.end, depth + 1, inner));
  const isMessage = type === 'MESSAGE' && subtype === 'RFC822';
  const message = isMessage && within ? readPart(reader, bodyStart, end, depth + 1, 'text/plain') : undefined;
  const unreadable = (type === 'MULTIPART' && children.length === 0) || (isMessage && message === undefined);
  const disposition = value('content-disposition');
  return {
    start,
    bodyStart,
    end,
    ...(unreadable
      ? { type: 'APPLICATION', subtype: 'OCTET-STREAM', parameters: [] }
      : { type, subtype, parameters: media.parameters }),
    encoding: /^[^\s;()]+/u.exec(value('content-transfer-encoding') ?? '')?.[0].toUpperCase() ?? '7BIT',
    id: value('content-id'),
    description: value('content-description'),
    md5: value('content-md5'),
    disposition: disposition === undefined ? undefined : readParameterised(disposition),
    languages: (value('content-language') ?? '').split(/[\s,]+/u).filter((one) => one !== ''),
    location: value('content-location'),
    lines: type === 'TEXT' || isMessage ? countLines(source, bodyStart, end) : 0,
    children,
    message,
  };
}

/** Slices between delimiter lines; the line end before a delimiter belongs to it. */
function split(reader: Reader, start: number, end: number, boundary: string): { start: number; end: number }[] {
  const body = reader.source.subarray(start, end);
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const slices: { start: number; end: number }[] = [];
  let open: number | undefined;
  for (let at = body.indexOf(delimiter); at >= 0;) {
    const feed = body.indexOf(LF, at);
    const lineEnd = feed < 0 ? body.length : feed + 1;
    const kind = at === 0 || body[at - 1] === LF ? kindOf(body, at + delimiter.length, lineEnd) : undefined;
    if (kind !== undefined) {
      if (open !== undefined)
        slices.push({ start: start + open, end: start + Math.max(open, beforeLineEnd(body, at)) });
      open = kind === 'open' ? lineEnd : undefined;
      if (kind === 'close' || slices.length >= reader.partsLeft) return slices;
    }
    at = body.indexOf(delimiter, kind === undefined ? at + delimiter.length : lineEnd);
  }
  if (open !== undefined) slices.push({ start: start + open, end });
  return slices;
}

function kindOf(body: Buffer, start: number, lineEnd: number): 'open' | 'close' | undefined {
  if (lineEnd - start > MAX_TAIL) return undefined;
  const tail = body.toString('latin1', start, lineEnd);
  if (/^[ \t]*\r?\n?$/u.test(tail)) return 'open';
  return /^--[ \t]*\r?\n?$/u.test(tail) ? 'close' : undefined;
}

function beforeLineEnd(body: Buffer, at: number): number {
  if (at < 1 || body[at - 1] !== LF) return at;
  return at > 1 && body[at - 2] === CR ? at - 2 : at - 1;
}

function countLines(source: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = source.indexOf(LF, start); at >= 0 && at < end; at = source.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
