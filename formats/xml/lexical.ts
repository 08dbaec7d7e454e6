/** Thrown while a document is scanned, caught by `walkXml`. */
export class Malformed extends Error {
  /** French, fit to stand behind a colon. */
  readonly what: string;
  readonly line: number;
  constructor(what: string, line: number) {
    super(`Malformed document at line ${line}`);
    this.what = what;
    this.line = line;
  }
}

/** Letters, digits, `_ - . :` and every byte of a character beyond ASCII: `isQName` judges the whole. */
const NAME_BYTES = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || /[\w.:-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

export function isNameByte(byte: number | undefined): boolean {
  return byte !== undefined && NAME_BYTES[byte] === 1;
}

const START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NCNAME = `[${START}][${START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`;
const QNAME = new RegExp(`^${NCNAME}(?::${NCNAME})?$`, 'u');

/** Namespaces in XML 1.0, production 7. */
export function isQName(name: string): boolean {
  return QNAME.test(name);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text with its references resolved and its line ends made one (XML 1.0 §2.11, §4.1). There is no DTD: only the five
 * predefined entities exist.
 *
 * @returns the text, or what is wrong with it
 */
export function resolve(written: string): string | { readonly what: string } {
  let what: string | undefined;
  const resolved = written.replace(
    /\r\n?|&(?:#(\d+);|#x([\dA-Fa-f]+);|([^\s&;<]{1,40});)?/g,
    (found, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (found.startsWith('\r')) return '\n';
      if (name !== undefined) {
        const character = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
        if (character === undefined) what ??= `l'entité ${found} n'est pas définie`;
        return character ?? '';
      }
      if (decimal === undefined && hex === undefined) {
        what ??= "une esperluette (&) n'est pas échappée en &amp;";
        return '';
      }
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
      if (isCharacter(code)) return String.fromCodePoint(code);
      what ??= `le caractère de code ${code} est interdit en XML`;
      return '';
    },
  );
  return what === undefined ? resolved : { what };
}

/** XML 1.0, production 2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) && code !== 0xff_fe && code !== 0xff_ff;
}
