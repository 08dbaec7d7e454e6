/** MSH-18 (HL70211) to encoding; those that the French volets name, and plain ASCII. */
const CHARACTER_SETS: Readonly<Record<string, Hl7Encoding>> = {
  '': 'utf-8',
  ASCII: 'utf-8',
  // An older name of the table: what it stands for is not said, UTF-8 is what is written.
  UNICODE: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  '8859/1': 'iso-8859-1',
  '8859/15': 'iso-8859-15',
};

export type Hl7Encoding = 'utf-8' | 'iso-8859-1' | 'iso-8859-15';

/** The eight characters in which 8859/15 is not 8859/1, by byte. */
const LATIN_9: ReadonlyMap<number, string> = new Map([
  [0xa4, '€'],
  [0xa6, 'Š'],
  [0xa8, 'š'],
  [0xb4, 'Ž'],
  [0xb8, 'ž'],
  [0xbc, 'Œ'],
  [0xbd, 'œ'],
  [0xbe, 'Ÿ'],
]);
const LATIN_9_BYTES: ReadonlyMap<string, number> = new Map([...LATIN_9].map(([byte, character]) => [character, byte]));
const LATIN_9_DIFFERENT = /[¤¦¨´¸¼½¾]/;

/** Encoding of a character set name; undefined when it is not one of those we read. */
export function encodingOf(characterSet: string): Hl7Encoding | undefined {
  return CHARACTER_SETS[characterSet.trim().toUpperCase()];
}

/** How many bytes a text that was decoded from this encoding took there. */
export function byteLength(text: string, encoding: Hl7Encoding): number {
  return encoding === 'utf-8' ? Buffer.byteLength(text, 'utf8') : text.length;
}

/** Text of the bytes, without byte order mark; undefined when they are not valid in this encoding. */
export function decodeHl7(bytes: Uint8Array, encoding: Hl7Encoding): string | undefined {
  if (encoding !== 'utf-8') {
    // Not the TextDecoder, for which 8859/1 is another name of windows-1252.
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    if (encoding === 'iso-8859-1') return text;
    return text.replaceAll(/[\xA4\xA6\xA8\xB4\xB8\xBC-\xBE]/g, (one) => LATIN_9.get(one.charCodeAt(0)) ?? one);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Bytes of a text.
 * @throws {RangeError} when a character does not exist in this encoding: nothing is replaced in silence
 */
export function encodeHl7(text: string, encoding: Hl7Encoding): Uint8Array {
  if (encoding === 'utf-8') {
    if (!text.isWellFormed()) throw new RangeError('Le texte contient un caractère incomplet (demi-codet isolé).');
    return new Uint8Array(Buffer.from(text, 'utf8'));
  }
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const character = text.charAt(index);
    const own = encoding === 'iso-8859-15' ? LATIN_9_BYTES.get(character) : undefined;
    if (own === undefined && (code > 0xff || (encoding === 'iso-8859-15' && LATIN_9_DIFFERENT.test(character)))) {
      throw new RangeError(`Le caractère U+${code.toString(16).padStart(4, '0')} n’existe pas en ${encoding}.`);
    }
    bytes[index] = own ?? code;
  }
  return bytes;
}
