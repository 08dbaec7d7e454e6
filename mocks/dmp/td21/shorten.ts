/** Runs shorter than this are left as they are. */
const LONG = 4096;
const LF = 0x0a;

/** Characters of base64 and of its lines: none of them means anything to an XML parser inside a text. */
const PLAIN = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n') {
  PLAIN[character.charCodeAt(0)] = 1;
}

/**
 * The document without the middle of its long runs of base64, lines kept so that they are counted alike: what carries a PDF
 * of tens of megabytes is read in the time of its header. Well-formedness does not change, long values do.
 * @returns the same bytes when nothing is long
 */
export function withoutLongRuns(bytes: Uint8Array): Uint8Array {
  if (bytes.length < LONG) return bytes;
  const pieces: Uint8Array[] = [];
  let kept = 0;
  for (let at = 0; at < bytes.length;) {
    if (PLAIN[bytes[at] ?? 0] === 0) {
      at += 1;
      continue;
    }
    const start = at;
    let lines = 0;
    while (at < bytes.length && PLAIN[bytes[at] ?? 0] === 1) {
      if (bytes[at] === LF && at >= start + LONG) lines += 1;
      at += 1;
    }
    if (at - start <= LONG) continue;
    pieces.push(bytes.subarray(kept, start + LONG), new Uint8Array(lines).fill(LF));
    kept = at;
  }
  if (pieces.length === 0) return bytes;
  pieces.push(bytes.subarray(kept));
  return new Uint8Array(Buffer.concat(pieces));
}
