import { wireNstring, wireString, type Wire } from '../protocol/strings.ts';

const MAX_ADDRESSES = 1000;

interface Token {
  readonly kind: 'word' | 'special';
  readonly text: string;
  /** A blank or a comment stood before it. */
  readonly spaced: boolean;
}

/**
 * Writes the addresses of a field as an ENVELOPE does: `((name adl mailbox host)…)`, encoded words as they stand, the
 * two ends of a group marked by a host of NIL (RFC 3501 §7.4.2).
 * @param value unfolded value of the field
 * @returns NIL when there is no address
 */
export function wireAddresses(value: string | undefined): Wire {
  const addresses = value === undefined ? [] : readAddresses(value);
  return addresses.length === 0 ? 'NIL' : `(${addresses.join('')})`;
}

function readAddresses(value: string): readonly Wire[] {
  const found: Wire[] = [];
  let words: Token[] = [];
  let angle: Token[] | undefined;
  let group = false;
  const flush = (): void => {
    if (angle !== undefined) found.push(address(phrase(words), spec(angle)));
    else if (words.length > 0) found.push(address(undefined, spec(words)));
    words = [];
    angle = undefined;
  };
  let inAngle = false;
  for (const token of tokens(value)) {
    if (found.length >= MAX_ADDRESSES) return found;
    if (token.kind === 'word') (inAngle ? (angle ??= []) : words).push(token);
    else if (token.text === '<') [inAngle, angle] = [true, []];
    else if (token.text === '>') inAngle = false;
    else if (inAngle) angle?.push(token);
    else if (token.text === ':' && !group) {
      found.push(`(NIL NIL ${wireString(phrase(words) ?? '')} NIL)`);
      [words, group] = [[], true];
    } else if (token.text === ';' && group) {
      flush();
      found.push('(NIL NIL NIL NIL)');
      group = false;
    } else if (token.text === ',' || token.text === ';') flush();
    else words.push(token);
  }
  flush();
  if (group) found.push('(NIL NIL NIL NIL)');
  return found;
}

function address(name: string | undefined, text: string): Wire {
  // A source route, `@a,@b:local@host`, is obsolete and left out (RFC 5322 §4.4).
  const plain = text.startsWith('@') ? text.slice(text.indexOf(':') + 1) : text;
  const at = plain.lastIndexOf('@');
  const [mailbox, host] = at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)];
  return `(${wireNstring(name)} NIL ${wireString(mailbox)} ${wireString(host)})`;
}

function spec(parts: readonly Token[]): string {
  return parts.map(({ text }) => text).join('');
}

function phrase(words: readonly Token[]): string | undefined {
  const text = words.map((token, index) => (index > 0 && token.spaced ? ` ${token.text}` : token.text)).join('');
  return text === '' ? undefined : text;
}

/** Quoted strings unquoted, comments left out. */
function* tokens(value: string): Generator<Token> {
  let spaced = false;
  for (let at = 0; at < value.length;) {
    const character = value[at] ?? '';
    if (character === ' ' || character === '\t') {
      spaced = true;
      at += 1;
      continue;
    }
    if (character === '(') {
      at = afterComment(value, at);
      spaced = true;
      continue;
    }
    if (character === '"') {
      const end = afterQuoted(value, at);
      const text = value.slice(at + 1, value[end - 1] === '"' && end - 1 > at ? end - 1 : end);
      yield { kind: 'word', text: text.replaceAll(/\\(.)/gu, '$1'), spaced };
      at = end;
    } else if ('<>,;:'.includes(character)) {
      yield { kind: 'special', text: character, spaced };
      at += 1;
    } else {
      let end = at + 1;
      while (end < value.length && !' \t"<>,;:('.includes(value[end] ?? '')) end += 1;
      yield { kind: 'word', text: value.slice(at, end), spaced };
      at = end;
    }
    spaced = false;
  }
}

function afterQuoted(value: string, start: number): number {
  for (let at = start + 1; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '"') return at + 1;
  }
  return value.length;
}

function afterComment(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '(') depth += 1;
    else if (value[at] === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return value.length;
}
