import type { Child } from './types.ts';

/** A run of base64, over several lines or not. What separates lines is in none of them: it cannot backtrack far. */
const RUN = /[A-Za-z0-9+/]{20,}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/]+)*={0,2}/gu;
const SHORTEST = 48;

/** Bytes in base64 that a text wraps, as children of its holder. @param recognised whether bytes are worth reading @param text Latin-1: one character a byte */
export function base64Children(
  text: string,
  where: string,
  recognised: (bytes: Buffer) => boolean,
  limit: number,
): readonly Child[] {
  const children: Child[] = [];
  for (const { 0: written, index } of text.matchAll(RUN)) {
    // Words and lines of a text look like it too: those are told by what they decode to.
    const bytes = Buffer.from(written, 'base64');
    if (bytes.length < SHORTEST || !recognised(bytes)) continue;
    children.push({
      where: `${where}${where === '' ? '' : ', '}base64 n° ${children.length + 1}`,
      bytes,
      mediaType: '',
      name: '',
      embed: (holder, masked) => embedBase64(holder, masked, index, written),
    });
    if (children.length >= limit) break;
  }
  return children;
}

/** Writes bytes in base64 over a former run: same line breaks when the length is the same, else its own width. */
export function embedBase64(holder: Buffer, bytes: Uint8Array, from: number, written: string): Buffer {
  const code = Buffer.from(bytes).toString('base64');
  const bare = written.replaceAll(/\s/gu, '');
  if (code.length === bare.length || code.replace(/=+$/u, '').length === bare.replace(/=+$/u, '').length) {
    let at = 0;
    for (let index = 0; index < written.length; index += 1) {
      if (/\s/u.test(written[index] ?? '')) continue;
      holder[from + index] = code.charCodeAt(at);
      at += 1;
    }
    return holder;
  }
  const width = written.search(/\r?\n/u);
  const eol = written.includes('\r\n') ? '\r\n' : '\n';
  const lines = width <= 0 ? code : (code.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []).join(eol);
  return Buffer.concat([holder.subarray(0, from), Buffer.from(lines), holder.subarray(from + written.length)]);
}
