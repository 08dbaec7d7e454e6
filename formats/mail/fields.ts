import { addProblem } from './problems.ts';
import { decodeText, decodeWords } from './words.ts';
import type { MailHeader, MailProblem } from './types.ts';

export interface FieldBlock {
  readonly headers: readonly MailHeader[];
  /** Index after the blank line that ends the block. */
  readonly end: number;
  /** Line number of the first line after the blank line. */
  readonly line: number;
}

const COLON = 0x3a;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads a block of header fields from raw bytes, up to its blank line or to `limit`.
 * @param line 1-based line number of `start`
 * @param problems receives lines that are not fields and 8-bit bytes (tolerated, read as UTF-8 or windows-1252)
 */
export function readFields(
  source: Uint8Array,
  start: number,
  limit: number,
  line: number,
  maxHeaders: number,
  problems: MailProblem[],
): FieldBlock {
  const headers: MailHeader[] = [];
  let at = start;
  let number = line;
  let open: { from: number; to: number; line: number } | undefined;
  let left = 0;
  const close = (): void => {
    if (open && headers.length >= maxHeaders) {
      left += 1;
      if (left === 1) {
        addProblem(problems, {
          code: 'MAIL_TOO_MANY_HEADERS',
          where: `ligne ${open.line}`,
          message: `Plus de ${maxHeaders} en-têtes : ce n’est pas un message que le banc juge.`,
        });
      }
    } else if (open) {
      const header = makeHeader(source.subarray(open.from, open.to), open.line, problems);
      if (header) headers.push(header);
    }
    open = undefined;
  };
  while (at < limit) {
    const feed = source.indexOf(LF, at);
    const next = feed === -1 || feed >= limit ? limit : feed + 1;
    const end = trimLineEnd(source, at, next);
    if (end === at) {
      close();
      return { headers, end: next, line: number + 1 };
    }
    const first = source[at];
    if (first === 0x20 || first === 0x09) {
      if (open) open.to = end;
      else
        addProblem(problems, {
          code: 'MAIL_HEADER_LINE',
          where: `ligne ${number}`,
          message: 'Ligne de suite sans en-tête.',
        });
    } else {
      close();
      open = { from: at, to: end, line: number };
    }
    at = next;
    number += 1;
  }
  close();
  return { headers, end: limit, line: number };
}

/** Index of the end of a line, its CR and LF left out. */
export function trimLineEnd(source: Uint8Array, start: number, next: number): number {
  let end = next;
  if (end > start && source[end - 1] === LF) end -= 1;
  if (end > start && source[end - 1] === CR) end -= 1;
  return end;
}

function makeHeader(bytes: Uint8Array, line: number, problems: MailProblem[]): MailHeader | undefined {
  const colon = bytes.indexOf(COLON);
  const name = colon === -1 ? '' : Buffer.from(bytes.subarray(0, colon)).toString('latin1');
  if (!/^[!-9;-~]+[ \t]*$/.test(name)) {
    addProblem(problems, {
      code: 'MAIL_HEADER_LINE',
      where: `ligne ${line}`,
      message: 'Cette ligne n’est pas un en-tête « Nom: valeur ».',
    });
    return undefined;
  }
  if (bytes.some((byte) => byte >= 0x80)) {
    addProblem(problems, {
      code: 'MAIL_RAW_8BIT_HEADER',
      where: `ligne ${line}`,
      message: `L’en-tête ${name.trim()} contient des octets hors ASCII non encodés (RFC 2047).`,
    });
  }
  const raw = decodeText(bytes, 'utf-8');
  const unfolded = raw.slice(raw.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '');
  return { name: name.trim(), value: decodeWords(unfolded).trim(), raw, line };
}

/** Unfolded value with its encoded words untouched: what parameters are read from. */
export function unfoldedValue(header: MailHeader): string {
  return header.raw
    .slice(header.raw.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim();
}
