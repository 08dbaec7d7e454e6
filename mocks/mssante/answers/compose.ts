import { Buffer } from 'node:buffer';

/** A part of a mail of the bench: its content type, and text (sent as UTF-8) or bytes. */
export interface Part {
  readonly type: string;
  readonly content: string | Uint8Array;
  /** File name of an attachment, ASCII. */
  readonly fileName?: string;
}

export interface Composition {
  /** In the order of the mail; values may hold accents. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `mixed`, or `report; report-type=…`. One part and no subtype: the mail is this part. */
  readonly subtype?: string;
  readonly parts: readonly Part[];
  /** Unique in the mail. */
  readonly boundary: string;
}

/**
 * Writes a mail: CRLF line ends, headers in ASCII (RFC 2047 where needed), bodies in base64 but for the parts of a
 * report, which RFC 6522 wants readable as they are (7 or 8 bits).
 */
export function composeMail({ headers, subtype, parts, boundary }: Composition): Uint8Array {
  const head = headers.map(([name, value]) => `${name}: ${encodeHeader(value)}\r\n`).join('');
  const [only] = parts;
  if (subtype === undefined && parts.length === 1 && only !== undefined) {
    return Buffer.concat([Buffer.from(`${head}MIME-Version: 1.0\r\n`), writePart(only)]);
  }
  return Buffer.concat([
    Buffer.from(
      `${head}MIME-Version: 1.0\r\nContent-Type: multipart/${subtype ?? 'mixed'};\r\n boundary="${boundary}"\r\n\r\n`,
    ),
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), writePart(part), Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

function writePart({ type, content, fileName }: Part): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  const readable = type.startsWith('message/') || type === 'text/rfc822-headers';
  const eightBit = bytes.some((byte) => byte > 0x7f);
  const encoding = readable ? (eightBit ? '8bit' : '7bit') : 'base64';
  const name = fileName === undefined ? '' : `;\r\n name="${fileName}"`;
  const disposition = fileName === undefined ? '' : `Content-Disposition: attachment;\r\n filename="${fileName}"\r\n`;
  const head = `Content-Type: ${type}${name}\r\n${disposition}Content-Transfer-Encoding: ${encoding}\r\n\r\n`;
  const body = readable ? bytes : Buffer.from(bytes.toString('base64').replaceAll(/(.{76})(?=.)/gu, '$1\r\n'));
  return Buffer.concat([Buffer.from(head), body]);
}

const WORD_BYTES = 45;

/** RFC 2047 §2: encoded words of at most 75 characters, none cut inside a character. ASCII stays as it is. */
function encodeHeader(value: string): string {
  const line = value.replaceAll(/[\r\n]+/gu, ' ');
  if (/^[\u0020-\u007e]*$/u.test(line)) return line;
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}
