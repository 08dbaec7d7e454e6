import { splitOutsideQuotes, unquote } from './parameters.ts';
import { unfoldedValue } from './fields.ts';
import { decodeWords } from './words.ts';
import type { MailAddress, MailHeader } from './types.ts';

/**
 * Reads an address list: `"Label" <a@b>, c@d`; group syntax is flattened.
 * Splitting happens before encoded words are decoded, so that a comma inside a label does not cut it.
 */
export function readAddresses(header: MailHeader): readonly MailAddress[] {
  const value = unfoldedValue(header).replace(/^[^"<,@:]*:(.*);\s*$/s, '$1');
  return splitOutsideQuotes(value, ',').flatMap((item) => {
    const text = stripComments(item).trim();
    if (text === '') return [];
    const angle = /^(.*)<([^<>]*)>$/s.exec(text);
    if (!angle) return [{ name: '', address: text }];
    return [{ name: decodeWords(unquote((angle[1] ?? '').trim())).trim(), address: (angle[2] ?? '').trim() }];
  });
}

/** Removes `( … )` comments that stand outside quotes. */
function stripComments(text: string): string {
  let output = '';
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\') {
      if (depth === 0) output += text.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === '"' && depth === 0) quoted = !quoted;
    if (character === '(' && !quoted) depth += 1;
    else if (character === ')' && !quoted && depth > 0) depth -= 1;
    else if (depth === 0) output += character;
  }
  return output;
}
