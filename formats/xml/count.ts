import { SaxesParser } from 'saxes';

const CHUNK = 64 * 1024;
const [OPEN, SLASH, BANG, QUESTION] = [0x3c, 0x2f, 0x21, 0x3f];

class Enough extends Error {}

/**
 * Whether a document holds more elements than a tree may: told before libxml2 builds one, which would take hundreds of
 * bytes for each. A document that is not well-formed is left to it.
 *
 * @param utf8 the whole document
 * @param text its characters, read when the bytes leave a doubt
 */
export function holdsMoreElements(utf8: Uint8Array, text: string, most: number): boolean {
  return tags(utf8, most) > most && elements(text, most) > most;
}

/** What looks like the beginning of an element, comments and CDATA sections included. */
function tags(utf8: Uint8Array, most: number): number {
  let found = 0;
  for (let at = utf8.indexOf(OPEN); at >= 0 && found <= most; at = utf8.indexOf(OPEN, at + 1)) {
    const next = utf8[at + 1];
    if (next !== SLASH && next !== BANG && next !== QUESTION) found += 1;
  }
  return found;
}

function elements(text: string, most: number): number {
  const parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true });
  let found = 0;
  parser.on('error', () => {
    throw new Enough();
  });
  parser.on('opentagstart', () => {
    found += 1;
    if (found > most) throw new Enough();
  });
  try {
    for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
    parser.close();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return found;
}
