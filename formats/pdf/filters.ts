import { inflateSync } from 'node:zlib';
import { entry, nameOf } from './entries.ts';
import type { PdfValue } from './values.ts';

/**
 * Bytes of a stream after its filters: Flate, ASCIIHex and ASCII85, in any order.
 *
 * @param maxBytes of each filter's output: what inflates beyond is a bomb, or too large to be worth reading
 * @returns undefined when a filter is another one, when the content is damaged, or when it is too large
 */
export function decodedStream(
  object: { readonly value: PdfValue; readonly stream?: Uint8Array },
  maxBytes: number,
): Uint8Array | undefined {
  const filters = filtersOf(object.value);
  if (filters.length > 4) return undefined;
  return filters.reduce<Uint8Array | undefined>((bytes, filter) => {
    if (bytes === undefined || maxBytes <= 0) return undefined;
    return DECODERS[filter]?.(bytes, maxBytes);
  }, object.stream);
}

export function filtersOf(value: PdfValue): readonly string[] {
  const filter = entry(value, 'Filter') ?? entry(value, 'F');
  if (filter?.kind === 'name') return [filter.name];
  if (filter?.kind === 'array') return filter.items.flatMap((item) => nameOf(item) ?? []);
  return [];
}

type Decoder = (bytes: Uint8Array, maxBytes: number) => Uint8Array | undefined;

const DECODERS: Readonly<Record<string, Decoder>> = {
  FlateDecode: inflated,
  Fl: inflated,
  ASCIIHexDecode: fromHex,
  AHx: fromHex,
  ASCII85Decode: from85,
  A85: from85,
};

function inflated(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: maxBytes });
  } catch {
    return undefined;
  }
}

function fromHex(bytes: Uint8Array): Uint8Array | undefined {
  const digits = latin1(bytes)
    .replace(/[\s\0]/g, '')
    .replace(/>.*$/s, '');
  if (/[^0-9A-Fa-f]/.test(digits)) return undefined;
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

/** Base 85: five characters from `!` for four bytes, `z` for four zeros, `~>` at the end. */
function from85(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  if (bytes.length > maxBytes) return undefined;
  const text = latin1(bytes)
    .replace(/[\s\0]/g, '')
    .replace(/~>.*$/s, '')
    .replaceAll('z', '!!!!!');
  if (/[^!-u]/.test(text)) return undefined;
  const out = Buffer.alloc(Math.ceil(text.length / 5) * 4);
  let length = 0;
  for (let at = 0; at < text.length; at += 5) {
    const group = text.slice(at, at + 5);
    let value = 0;
    for (const character of group.padEnd(5, 'u')) value = value * 85 + (character.charCodeAt(0) - 33);
    if (value > 0xffffffff || group.length === 1) return undefined;
    out.writeUInt32BE(value, (at / 5) * 4);
    length += group.length - 1;
  }
  return out.subarray(0, length);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
