import type { Buffer } from 'node:buffer';

/** Characters of a piece of UTF-8. A worksheet has most of its pieces of one to four bytes: a call out of JavaScript costs more. */
export function sliceOf(bytes: Buffer, from: number, to: number): string {
  const length = to - from;
  if (length > 4) return bytes.toString('utf8', from, to);
  if (length <= 0) return '';
  const first = bytes[from] ?? 0;
  if (length === 1) return String.fromCharCode(first);
  const second = bytes[from + 1] ?? 0;
  const third = length > 2 ? (bytes[from + 2] ?? 0) : 0;
  const fourth = length > 3 ? (bytes[from + 3] ?? 0) : 0;
  if ((first | second | third | fourth) > 0x7f) return bytes.toString('utf8', from, to);
  if (length === 2) return String.fromCharCode(first, second);
  return length === 3 ? String.fromCharCode(first, second, third) : String.fromCharCode(first, second, third, fourth);
}
