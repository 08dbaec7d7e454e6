import { textView } from './text.ts';
import type { View } from './types.ts';

/**
 * The text of a quoted-printable body (RFC 2045 §6.7), masked in place: `=E9` becomes `=2A`, soft line breaks stay.
 *
 * @param raw as written
 * @param offset where it begins in its holder
 */
export function quotedPrintableView(raw: Buffer, where: string, offset: number): View {
  const bytes = Buffer.alloc(raw.length);
  const places = new Uint32Array(raw.length + 1);
  let length = 0;
  for (let at = 0; at < raw.length;) {
    const token = tokenAt(raw, at);
    if (token.byte !== undefined) {
      bytes[length] = token.byte;
      places[length] = at;
      length += 1;
    }
    at += token.length;
  }
  places[length] = raw.length;
  const view = textView(bytes.subarray(0, length), where);
  return {
    where,
    text: view.text,
    bytesOf(from, to) {
      const [start, end] = view.bytesOf?.(from, to) ?? [0, 0];
      const last = places[Math.max(start, end - 1)] ?? 0;
      return [offset + (places[start] ?? 0), offset + last + (end > start ? tokenAt(raw, last).length : 0)];
    },
    cover(holder, from, to) {
      for (let at = from; at < to;) {
        const token = tokenAt(holder, at);
        if (token.byte !== undefined && token.byte !== 0x0a && token.byte !== 0x0d) {
          holder.write(token.length === 3 ? '=2A' : '*', at, 'latin1');
        }
        at += token.length;
      }
    },
  };
}

/** One written byte, an escape, or a soft line break, which stands for nothing. */
function tokenAt(raw: Buffer, at: number): { readonly length: number; readonly byte?: number } {
  const byte = raw[at] ?? 0;
  if (byte !== 0x3d) return { length: 1, byte };
  const hex = raw.toString('latin1', at + 1, at + 3);
  if (/^[0-9a-f]{2}$/iu.test(hex)) return { length: 3, byte: Number.parseInt(hex, 16) };
  const blank = /^[ \t]*\r?\n/u.exec(raw.toString('latin1', at + 1, at + 80))?.[0];
  return blank === undefined ? { length: 1, byte } : { length: 1 + blank.length };
}
