/** Spellings that tools give to the same attribute type. */
const TYPES: Readonly<Record<string, string>> = {
  S: 'ST',
  SURNAME: 'SN',
  GIVENNAME: 'GN',
  G: 'GN',
  EMAILADDRESS: 'E',
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'GN',
  TITLE: 'T',
};

/**
 * Attributes of a distinguished name as `TYPE=value`, whatever the tool wrote: RFC 2253 with commas, slashes of OpenSSL,
 * lines of Node, multi-valued RDNs joined by `+`. Types are made uniform, values unescaped and trimmed.
 *
 * @returns in the order of the text; compare as sets, since tools disagree on the order
 */
export function readDistinguishedName(text: string): readonly string[] {
  const source = text.startsWith('/') ? text.slice(1).replace(/\/(?=[A-Za-z0-9.]+=)/g, '\n') : text;
  const parts: string[] = [];
  let current = '';
  let quoted = false;
  for (let index = 0; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === '\\') {
      const hex = /^[0-9A-Fa-f]{2}/.exec(source.slice(index + 1, index + 3));
      if (hex) {
        // Escaped octets come by runs: they are UTF-8 together.
        let run = '';
        while (/^\\[0-9A-Fa-f]{2}/.test(source.slice(index, index + 3))) {
          run += source.slice(index + 1, index + 3);
          index += 3;
        }
        index -= 1;
        current += Buffer.from(run, 'hex').toString('utf8');
      } else {
        index += 1;
        current += source.charAt(index);
      }
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || isSeparator(source, index))) {
      parts.push(current);
      current = '';
    } else current += character;
  }
  parts.push(current);
  return parts.flatMap((part) => {
    const equals = part.indexOf('=');
    if (equals < 1) return [];
    const type = part
      .slice(0, equals)
      .trim()
      .replace(/^OID\./i, '')
      .toUpperCase();
    return [
      `${TYPES[type] ?? type}=${part
        .slice(equals + 1)
        .trim()
        .replace(/\s+/g, ' ')}`,
    ];
  });
}

/** A comma, semicolon or plus separates only before another `TYPE=`: values of Node keep theirs unescaped. */
function isSeparator(source: string, index: number): boolean {
  return /[,;+]/.test(source.charAt(index)) && /^\s*[A-Za-z0-9.]+\s*=/.test(source.slice(index + 1, index + 40));
}

/** Whether two names hold the same attributes, order and letter case aside. */
export function sameDistinguishedName(one: string, other: string): boolean {
  const set = (text: string): string =>
    readDistinguishedName(text)
      .map((rdn) => rdn.toLowerCase())
      .sort()
      .join('\n');
  return set(one) === set(other) && set(one) !== '';
}
