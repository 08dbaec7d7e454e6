/** Values of the PDF language, enough of them to follow the catalog and to see names without being fooled by strings. */
export type PdfValue =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfValue> }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'reference'; readonly object: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'other' };

export interface PdfParse {
  readonly value: PdfValue;
  /** Index after the value. */
  readonly end: number;
}

const MAX_DEPTH = 64;
const OTHER: PdfValue = { kind: 'other' };
const WHITE = new Set([' ', '\t', '\r', '\n', '\f', '\0']);
const DELIMITERS = new Set(['(', ')', '<', '>', '[', ']', '{', '}', '/', '%']);

/**
 * Reads one value.
 * @param text the file as latin1, so that indexes are byte offsets
 * @param limit index after the last character that may be read
 * @returns undefined when the text does not hold a whole value there, or when it nests deeper than 64 levels
 */
export function parseValue(text: string, start: number, limit = text.length, depth = 0): PdfParse | undefined {
  const at = skipBlank(text, start, limit);
  if (at >= limit || depth > MAX_DEPTH) return undefined;
  const character = text[at];
  if (character === '<') {
    return text[at + 1] === '<' ? parseDictionary(text, at + 2, limit, depth) : parseHexString(text, at + 1, limit);
  }
  if (character === '[') return parseArray(text, at + 1, limit, depth);
  if (character === '(') return parseString(text, at + 1, limit);
  if (character === '/') {
    const end = endOfToken(text, at + 1, limit);
    return { value: { kind: 'name', name: decodeName(text.slice(at + 1, end)) }, end };
  }
  const end = endOfToken(text, at, limit);
  if (end === at) return undefined;
  return parseNumberOrReference(text, at, end, limit);
}

/** Index of the first character that is neither blank nor in a comment. */
export function skipBlank(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit) {
    const character = text[at] ?? '';
    if (WHITE.has(character)) at += 1;
    else if (character === '%') {
      while (at < limit && text[at] !== '\n' && text[at] !== '\r') at += 1;
    } else break;
  }
  return at;
}

function endOfToken(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit && !WHITE.has(text[at] ?? '') && !DELIMITERS.has(text[at] ?? '')) at += 1;
  return at;
}

/** `#4A` in a name stands for `J`: a known way to hide /JavaScript from naive searches. */
function decodeName(raw: string): string {
  return raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function parseNumberOrReference(text: string, start: number, end: number, limit: number): PdfParse {
  const token = text.slice(start, Math.min(end, start + 32));
  if (/^\d{1,10}$/.test(token)) {
    const tail = /^[ \t\r\n\f\0]{1,8}\d{1,5}[ \t\r\n\f\0]{1,8}R(?![A-Za-z0-9])/.exec(text.slice(end, end + 24));
    if (tail && end + tail[0].length <= limit) {
      return { value: { kind: 'reference', object: Number(token) }, end: end + tail[0].length };
    }
  }
  const value = Number(token);
  return { value: Number.isFinite(value) ? { kind: 'number', value } : OTHER, end };
}

function parseDictionary(text: string, start: number, limit: number, depth: number): PdfParse | undefined {
  const entries = new Map<string, PdfValue>();
  let at = skipBlank(text, start, limit);
  while (at < limit) {
    if (text[at] === '>' && text[at + 1] === '>') return { value: { kind: 'dictionary', entries }, end: at + 2 };
    const key = parseValue(text, at, limit, depth + 1);
    if (!key || key.value.kind !== 'name') return undefined;
    const value = parseValue(text, key.end, limit, depth + 1);
    if (!value) return undefined;
    entries.set(key.value.name, value.value);
    at = skipBlank(text, value.end, limit);
  }
  return undefined;
}

function parseArray(text: string, start: number, limit: number, depth: number): PdfParse | undefined {
  const items: PdfValue[] = [];
  let at = skipBlank(text, start, limit);
  while (at < limit) {
    if (text[at] === ']') return { value: { kind: 'array', items }, end: at + 1 };
    const item = parseValue(text, at, limit, depth + 1);
    if (!item) return undefined;
    items.push(item.value);
    at = skipBlank(text, item.end, limit);
  }
  return undefined;
}

function parseString(text: string, start: number, limit: number): PdfParse | undefined {
  let open = 1;
  for (let at = start; at < limit; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') open += 1;
    else if (character === ')') {
      open -= 1;
      if (open === 0) return { value: OTHER, end: at + 1 };
    }
  }
  return undefined;
}

function parseHexString(text: string, start: number, limit: number): PdfParse | undefined {
  const end = text.indexOf('>', start);
  return end === -1 || end >= limit ? undefined : { value: OTHER, end: end + 1 };
}
