/** Turns bytes into text by the name of their charset; unknown names fall back on UTF-8, then on windows-1252. */
export function decodeText(bytes: Uint8Array, charset: string | undefined): string {
  const name = charset?.trim().toLowerCase() || 'utf-8';
  try {
    return new TextDecoder(name, { fatal: name === 'utf-8' || name === 'us-ascii' }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const WORD = /=\?([A-Za-z0-9._*-]{1,40})\?([BbQq])\?([^?\r\n]{0,2000})\?=/g;

/**
 * Decodes the RFC 2047 words of a header value. Blanks between two words disappear (RFC 2047 §6.2); neighbouring words
 * of one charset are joined before decoding, because senders cut in the middle of a UTF-8 sequence.
 */
export function decodeWords(value: string): string {
  const pieces: { charset: string; bytes: Uint8Array }[] = [];
  let output = '';
  let from = 0;
  const flush = (): void => {
    for (let index = 0; index < pieces.length;) {
      const charset = pieces[index]?.charset;
      const run: Uint8Array[] = [];
      while (pieces[index] && pieces[index]?.charset === charset) {
        run.push(pieces[index]?.bytes ?? new Uint8Array());
        index += 1;
      }
      output += decodeText(Buffer.concat(run), charset);
    }
    pieces.length = 0;
  };
  for (const match of value.matchAll(WORD)) {
    const between = value.slice(from, match.index);
    if (pieces.length === 0 || between.trim() !== '') {
      flush();
      output += between;
    }
    const [, charset = 'utf-8', encoding = 'Q', text = ''] = match;
    const bytes = encoding.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : decodeQuoted(text.replace(/_/g, ' '));
    // RFC 2231 §5 allows "charset*language".
    pieces.push({ charset: charset.split('*')[0]?.toLowerCase() ?? 'utf-8', bytes });
    from = match.index + match[0].length;
  }
  flush();
  return output + value.slice(from);
}

/** Quoted-printable of a body or of a Q word; what is not a valid escape is kept as it stands. */
export function decodeQuoted(text: string): Uint8Array {
  const bytes = Buffer.alloc(Buffer.byteLength(text, 'latin1'));
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === '=' ? text.slice(at + 1, at + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes[length] = Number.parseInt(hex, 16);
      at += 2;
    } else bytes[length] = text.charCodeAt(at) & 0xff;
    length += 1;
  }
  return bytes.subarray(0, length);
}
