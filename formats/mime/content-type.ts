import type { ContentType } from './types.ts';

const TYPE = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(?=;|$)/;
const PARAMETER = /;\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*)?/y;
/** A header longer than this is no Content-Type; the bound keeps hostile input cheap. */
const MAX_LENGTH = 8192;

/**
 * Reads the value of a Content-Type header (RFC 2045 §5.1, RFC 2231 parameters), folded or not. Empty parameters
 * (`; ;`) are tolerated: common mail software writes them.
 *
 * @returns undefined when the value is not of that form
 */
export function readContentType(value: string): ContentType | undefined {
  if (value.length > MAX_LENGTH) return undefined;
  const line = value.replace(/\r?\n[ \t]+/g, ' ').trim();
  const type = TYPE.exec(line);
  if (type?.[1] === undefined) return undefined;
  const found = new Map<string, string>();
  let at = type[0].length;
  while (at < line.length) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(line);
    if (match === null) return undefined;
    at = PARAMETER.lastIndex;
    const name = match[1]?.toLowerCase();
    if (name === undefined) continue;
    // The first of two equal names wins, as for every MIME reader met.
    if (!found.has(name)) found.set(name, match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return { type: type[1].toLowerCase(), parameters: Object.fromEntries(joinContinuations(found)) };
}

/** `name*0="a"; name*1*=%20b; other*=UTF-8''c` becomes `name` and `other` (RFC 2231 §3 and §4). */
function joinContinuations(found: ReadonlyMap<string, string>): Map<string, string> {
  const joined = new Map<string, string>();
  const pieces = new Map<string, { index: number; value: string; encoded: boolean }[]>();
  for (const [name, value] of found) {
    const match = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(name);
    if (match?.[1] === undefined) {
      joined.set(name, value);
      continue;
    }
    const encoded = match[2] === undefined || match[3] !== undefined;
    const list = pieces.get(match[1]) ?? [];
    list.push({ index: Number(match[2] ?? 0), value, encoded });
    pieces.set(match[1], list);
  }
  for (const [name, list] of pieces) {
    list.sort((a, b) => a.index - b.index);
    let charset = 'utf-8';
    let text = '';
    for (const [position, piece] of list.entries()) {
      let { value } = piece;
      const lead = position === 0 && piece.encoded ? /^([\w-]*)'[^']*'/.exec(value) : null;
      if (lead) {
        charset = lead[1] || charset;
        value = value.slice(lead[0].length);
      }
      text += piece.encoded ? percentDecode(value, charset) : value;
    }
    joined.set(name, text);
  }
  return joined;
}

function percentDecode(value: string, charset: string): string {
  const bytes = Buffer.from(
    value.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
