import type { ContentType } from '../mime/index.ts';
import { decodeText, decodeWords } from './words.ts';

export interface ParameterisedValue {
  /** Text before the first `;`, lower case. */
  readonly value: string;
  /** Lower-case names; RFC 2231 values are joined and decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads `value; name=x; name*=utf-8''y; name*0=…` (RFC 2045 §5.1, RFC 2231).
 * @param text unfolded header value, encoded words not yet decoded
 */
export function readParameters(text: string): ParameterisedValue {
  const [value = '', ...fields] = splitOutsideQuotes(text, ';');
  const plain = new Map<string, string>();
  const pieces = new Map<string, { order: number; text: string; encoded: boolean }[]>();
  for (const field of fields.slice(0, 200)) {
    const equals = field.indexOf('=');
    if (equals === -1) continue;
    const name = field.slice(0, equals).trim().toLowerCase();
    const content = unquote(field.slice(equals + 1).trim());
    const extended = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(name);
    if (!extended?.[1] || (extended[2] === undefined && extended[3] === undefined)) {
      if (name && !plain.has(name)) plain.set(name, decodeWords(content));
      continue;
    }
    const list = pieces.get(extended[1]) ?? [];
    list.push({ order: Number(extended[2] ?? 0), text: content, encoded: extended[3] === '*' });
    pieces.set(extended[1], list);
  }
  for (const [name, list] of pieces) plain.set(name, joinPieces(list));
  return { value: value.trim().toLowerCase(), parameters: Object.fromEntries(plain) };
}

/** The same, when it is a media type. */
export function asContentType(read: ParameterisedValue): ContentType | undefined {
  return /^[^\s/]+\/[^\s/]+$/.test(read.value) ? { type: read.value, parameters: read.parameters } : undefined;
}

/** Cuts on a separator that stands outside double quotes and comments. */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let comment = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && (quoted || comment > 0)) at += 1;
    else if (character === '"' && comment === 0) quoted = !quoted;
    else if (character === '(' && !quoted) comment += 1;
    else if (character === ')' && !quoted && comment > 0) comment -= 1;
    else if (character === separator && !quoted && comment === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

export function unquote(text: string): string {
  const quoted = /^"(.*)"$/s.exec(text);
  return quoted?.[1] === undefined ? text : quoted[1].replace(/\\(.)/gs, '$1');
}

function joinPieces(list: readonly { order: number; text: string; encoded: boolean }[]): string {
  let charset = 'utf-8';
  const buffers = [...list]
    .sort((a, b) => a.order - b.order)
    .map((piece, index) => {
      if (!piece.encoded) return Buffer.from(piece.text, 'utf8');
      const marked = index === 0 ? /^([^']*)'[^']*'(.*)$/s.exec(piece.text) : null;
      if (marked?.[1]) charset = marked[1];
      return percentBytes(marked?.[2] ?? piece.text);
    });
  return decodeText(Buffer.concat(buffers), charset);
}

function percentBytes(text: string): Buffer {
  const latin1 = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}
