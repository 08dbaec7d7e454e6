import { inflateRawSync } from 'node:zlib';

/** Bounds: what a product sends holds in them, what is made to exhaust the reader does not. */
const MAX_DEPTH = 4;
const MAX_PARTS = 2_000;
const MAX_TOTAL = 128 * 1024 * 1024;
const BASE64 = /(?:[A-Za-z0-9+/]{4}[\r\n\t ]{0,4}){10,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/g;
const LOCAL_HEADER = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

interface Budget {
  parts: number;
  total: number;
}

/**
 * Every text that a message holds, whatever its format: the bytes themselves, soft line breaks of quoted-printable undone,
 * what is in base64, what is deflated in a zip; and again inside those.
 *
 * @returns texts read as Latin-1, in which digits and dots are what they were; bounded in depth, number and size
 */
export function readableTexts(bytes: Uint8Array): readonly string[] {
  const texts: string[] = [];
  collect(bytes, 0, { parts: MAX_PARTS, total: MAX_TOTAL }, texts);
  return texts;
}

function collect(bytes: Uint8Array, depth: number, budget: Budget, texts: string[]): void {
  budget.parts -= 1;
  budget.total -= bytes.length;
  if (budget.parts < 0 || budget.total < 0) return;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  texts.push(text);
  if (text.includes('=\n') || text.includes('=\r\n')) texts.push(text.replaceAll(/=\r?\n/g, ''));
  // UTF-16, as some exports are.
  if (text.includes('\u0000')) texts.push(text.replaceAll('\u0000', ''));
  if (depth === MAX_DEPTH) return;
  for (const entry of deflated(buffer, budget)) collect(entry, depth + 1, budget, texts);
  for (const [run] of text.matchAll(BASE64)) {
    if (budget.parts < 0 || budget.total < 0) return;
    collect(Buffer.from(run, 'base64'), depth + 1, budget, texts);
  }
}

/** Entries of a zip by their local headers: an archive cut short still shows what it holds. */
function deflated(buffer: Buffer, budget: Budget): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = buffer.indexOf(LOCAL_HEADER); at >= 0; at = buffer.indexOf(LOCAL_HEADER, at + 4)) {
    if (at + 30 > buffer.length || entries.length >= budget.parts) break;
    if (buffer.readUInt16LE(at + 8) !== 8) continue;
    const start = at + 30 + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
    try {
      entries.push(
        inflateRawSync(buffer.subarray(start), {
          maxOutputLength: Math.max(1, Math.min(budget.total, 32 * 1024 * 1024)),
        }),
      );
    } catch {
      // Not a deflated entry, or one beyond the bound: its name and its stored form are in the text all the same.
    }
  }
  return entries;
}
