export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'variable' | 'symbol' | 'end';
  readonly text: string;
  /** Offset of the first character. */
  readonly at: number;
}

/** The expression is outside of the grammar read here; another engine may know it. */
export class Unsupported extends Error {}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00B7]*`;
const PIECES = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<number>\d+(?:\.\d*)?(?:[eE][+\-]?\d+)?|\.\d+(?:[eE][+\-]?\d+)?)`,
    String.raw`(?<string>"(?:[^"]|"")*"|'(?:[^']|'')*')`,
    String.raw`\$\s*(?<variable>${NAME}(?::${NAME})?)`,
    String.raw`(?<name>(?:\*:${NAME}|${NAME}:\*|${NAME}:${NAME}(?!:)|${NAME}))`,
    String.raw`(?<symbol>::|\/\/|\.\.|!=|<=|>=|<<|>>|[()[\]@,|+\-*\/=<>.?:])`,
  ].join('|'),
  'uy',
);

/**
 * Splits an XPath expression.
 * @throws {Unsupported} on a character that begins no token
 */
export function tokens(source: string): readonly Token[] {
  const text = withoutComments(source);
  const found: Token[] = [];
  PIECES.lastIndex = 0;
  while (PIECES.lastIndex < text.length) {
    const at = PIECES.lastIndex;
    const groups = PIECES.exec(text)?.groups;
    if (groups === undefined) throw new Unsupported(`caractère inattendu à la position ${at + 1}`);
    const { number, string, variable, name, symbol } = groups;
    if (number !== undefined) found.push({ kind: 'number', text: number, at });
    else if (string !== undefined) found.push({ kind: 'string', text: unquoted(string), at });
    else if (variable !== undefined) found.push({ kind: 'variable', text: variable, at });
    else if (name !== undefined) found.push({ kind: 'name', text: name, at });
    else if (symbol !== undefined) found.push({ kind: 'symbol', text: symbol, at });
  }
  found.push({ kind: 'end', text: '', at: text.length });
  return found;
}

function unquoted(literal: string): string {
  const quote = literal.charAt(0);
  return literal.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Comments become spaces, so that offsets stay. */
function withoutComments(source: string): string {
  if (!source.includes('(:')) return source;
  let out = '';
  let depth = 0;
  let quote = '';
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    const pair = source.slice(at, at + 2);
    if (depth === 0 && quote !== '') {
      out += character;
      if (character === quote) quote = '';
    } else if (pair === '(:') {
      depth += 1;
      out += '  ';
      at += 1;
    } else if (depth > 0 && pair === ':)') {
      depth -= 1;
      out += '  ';
      at += 1;
    } else if (depth > 0) out += ' ';
    else {
      if (character === '"' || character === "'") quote = character;
      out += character;
    }
  }
  return out;
}
