import { Unsupported } from './lexer.ts';

const SPACES = String.raw` \t\n\r`;

/**
 * A pattern of XPath in the syntax of JavaScript: classes have other members there, and anchors may not be repeated.
 *
 * @throws {Unsupported} on what has no counterpart
 */
export function regexOf(pattern: string, flags: string, global: boolean): RegExp {
  if (/[^ims]/.test(flags)) throw new Unsupported(`options « ${flags} » d’expression rationnelle`);
  let out = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '\\') {
      at += 1;
      out += escaped(pattern.charAt(at), inClass);
    } else if (inClass) {
      if (character === '[' || pattern.startsWith('-[', at)) throw new Unsupported('soustraction de classes');
      if (character === ']') inClass = false;
      out += character;
    } else if (character === '^') {
      // Repeated, as some published schemas do, an anchor is still an anchor; optional, it is nothing.
      const [repeat = ''] = /^[+*?]\??/.exec(pattern.slice(at + 1)) ?? [];
      at += repeat.length;
      if (!repeat.startsWith('*') && !repeat.startsWith('?')) out += '^';
    } else {
      if (character === '[') inClass = true;
      // Ends of lines are two characters in XPath, four in JavaScript.
      out += character === '.' && !flags.includes('s') ? String.raw`[^\n\r]` : character;
      if (character === '[' && pattern.charAt(at + 1) === '^') {
        out += '^';
        at += 1;
      }
    }
  }
  try {
    return new RegExp(out, `u${flags}${global ? 'g' : ''}`);
  } catch {
    throw new Unsupported(`expression rationnelle « ${pattern} »`);
  }
}

function escaped(letter: string, inClass: boolean): string {
  switch (letter) {
    case 's':
      return inClass ? SPACES : `[${SPACES}]`;
    case 'S':
      if (inClass) break;
      return `[^${SPACES}]`;
    case 'd':
      return String.raw`\p{Nd}`;
    case 'D':
      return String.raw`\P{Nd}`;
    case 'w':
      if (inClass) break;
      return String.raw`[^\p{P}\p{Z}\p{C}]`;
    case 'W':
      if (inClass) break;
      return String.raw`[\p{P}\p{Z}\p{C}]`;
    case 'n':
    case 'r':
    case 't':
      return `\\${letter}`;
    default:
      if (/[0-9a-zA-Z]/.test(letter)) break;
      return letter === '-' && !inClass ? '-' : `\\${letter}`;
  }
  throw new Unsupported(`échappement « \\${letter} »`);
}
