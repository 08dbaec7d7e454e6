/** DER of a SET OF: its parts in the order of their bytes (X.690 §11.6). @param parts DER */
export function setOf(parts: readonly Buffer[]): Buffer {
  return wrapped(0x31, Buffer.concat(parts.toSorted((one, other) => Buffer.compare(one, other))));
}

/** A value with its tag and its length. */
export function wrapped(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes: number[] = [];
  for (let left = size; left > 0; left = Math.floor(left / 0x100)) bytes.unshift(left % 0x100);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}
