import type { View } from './types.ts';

const STAR = 0x2a;

/** Asterisks, one a byte; line breaks stay. */
export function coverBytes(bytes: Buffer, from: number, to: number): void {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 0x0a && bytes[at] !== 0x0d) bytes[at] = STAR;
}

/**
 * The text of some bytes: UTF-8, UTF-16 with its mark or by its zeros, else Latin-1, which never fails.
 *
 * @param offset where these bytes begin in their holder
 */
export function textView(bytes: Uint8Array, where: string, offset = 0): View {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return wideView(bytes, where, offset, wide);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.length === bytes.length) return { where, text, bytesOf: shifted(offset), cover: coverBytes };
    return { where, text, bytesOf: utf8Bytes(text, offset), cover: coverBytes };
  } catch {
    return { where, text: buffer.toString('latin1'), bytesOf: shifted(offset), cover: coverBytes };
  }
}

/** Byte for byte. */
export function latin1View(bytes: Uint8Array, where: string, offset = 0): View {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return { where, text, bytesOf: shifted(offset), cover: coverBytes };
}

function shifted(offset: number): NonNullable<View['bytesOf']> {
  return (from, to) => [from + offset, to + offset];
}

/** Spans are asked for in order, mostly: what was counted is kept. */
function utf8Bytes(text: string, offset: number): NonNullable<View['bytesOf']> {
  let index = 0;
  let bytes = 0;
  const at = (wanted: number): number => {
    if (wanted < index) {
      index = 0;
      bytes = 0;
    }
    bytes += Buffer.byteLength(text.slice(index, wanted), 'utf8');
    index = wanted;
    return bytes + offset;
  };
  return (from, to) => [at(from), at(to)];
}

type Wide = { readonly label: 'utf-16le' | 'utf-16be'; readonly mark: number };

function wideEncoding(bytes: Uint8Array): Wide | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { label: 'utf-16le', mark: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { label: 'utf-16be', mark: 2 };
  const head = bytes.subarray(0, 400);
  if (head.length < 8) return undefined;
  const zeros = (parity: 0 | 1): number => head.filter((byte, index) => index % 2 === parity && byte === 0).length;
  const half = head.length / 2;
  if (zeros(1) > half * 0.7 && zeros(0) < half * 0.1) return { label: 'utf-16le', mark: 0 };
  return zeros(0) > half * 0.7 && zeros(1) < half * 0.1 ? { label: 'utf-16be', mark: 0 } : undefined;
}

function wideView(bytes: Uint8Array, where: string, offset: number, { label, mark }: Wide): View {
  const text = new TextDecoder(label).decode(bytes.subarray(mark));
  const start = offset + mark;
  return {
    where,
    text,
    bytesOf: (from, to) => [start + 2 * from, start + 2 * to],
    cover(buffer, from, to) {
      for (let at = from; at + 1 < to; at += 2) buffer.set(label === 'utf-16le' ? [STAR, 0] : [0, STAR], at);
    },
  };
}
