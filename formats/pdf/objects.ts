import { entry, nameOf } from './entries.ts';
import { decodedStream } from './filters.ts';
import { parseValue, skipBlank } from './values.ts';
import type { PdfValue } from './values.ts';

export interface PdfObject {
  readonly number: number;
  readonly value: PdfValue;
  /** Raw bytes of the stream, as stored. */
  readonly stream?: Uint8Array;
}

export interface PdfObjects {
  /** Last definition of each object wins, as in incremental updates. */
  readonly byNumber: ReadonlyMap<number, PdfObject>;
  /** Trailer dictionaries and dictionaries of cross-reference streams. */
  readonly trailers: readonly PdfValue[];
  readonly packedObjects: boolean;
}

const MAX_OBJECTS = 200_000;
const MAX_INFLATED = 32 * 1024 * 1024;

/**
 * Finds every object by scanning the bytes. The cross-reference table is not trusted: a wrong table must not hide an
 * object from the checks. Each object is tried once; text lost in unreadable objects is bounded, so that a crafted file
 * costs linear time.
 */
export function scanObjects(bytes: Uint8Array): PdfObjects {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const byNumber = new Map<number, PdfObject>();
  const trailers: PdfValue[] = [];
  let packedObjects = false;
  let wasteLeft = 4 * text.length + 65_536;
  let inflateLeft = MAX_INFLATED;
  const start = /(\d{1,10})[ \t\r\n\f\0]{1,8}\d{1,5}[ \t\r\n\f\0]{1,8}obj(?![A-Za-z0-9])|trailer(?![A-Za-z0-9])/g;
  for (let match = start.exec(text); match && byNumber.size < MAX_OBJECTS; match = start.exec(text)) {
    const from = match.index + match[0].length;
    const parsed = parseValue(text, from);
    if (!parsed) {
      // A value that never closes was read to the end of the file in vain: that may not happen for ever.
      wasteLeft -= text.length - from;
      if (wasteLeft < 0) break;
      continue;
    }
    start.lastIndex = parsed.end;
    if (match[1] === undefined) {
      trailers.push(parsed.value);
      continue;
    }
    const stream = readStream(bytes, text, parsed.value, parsed.end);
    if (stream) start.lastIndex = stream.end;
    const object: PdfObject = {
      number: Number(match[1]),
      value: parsed.value,
      ...(stream ? { stream: stream.bytes } : {}),
    };
    byNumber.set(object.number, object);
    const type = nameOf(entry(object.value, 'Type'));
    if (type === 'XRef') {
      trailers.push(object.value);
      packedObjects = true;
    } else if (type === 'ObjStm') {
      packedObjects = true;
      const inflated = decodedStream(object, inflateLeft);
      if (inflated) {
        inflateLeft -= inflated.length;
        for (const packed of unpack(inflated, object.value)) byNumber.set(packed.number, packed);
      }
    }
  }
  return { byNumber, trailers, packedObjects };
}

/** Follows references, at most eight of them. */
export function resolve(objects: PdfObjects, value: PdfValue | undefined): PdfValue | undefined {
  let current = value;
  for (let step = 0; step < 8 && current?.kind === 'reference'; step += 1) {
    current = objects.byNumber.get(current.object)?.value;
  }
  return current?.kind === 'reference' ? undefined : current;
}

function readStream(
  bytes: Uint8Array,
  text: string,
  value: PdfValue,
  from: number,
): { bytes: Uint8Array; end: number } | undefined {
  if (value.kind !== 'dictionary') return undefined;
  const at = skipBlank(text, from, Math.min(text.length, from + 256));
  if (!text.startsWith('stream', at)) return undefined;
  let begin = at + 'stream'.length;
  if (text[begin] === '\r') begin += 1;
  if (text[begin] === '\n') begin += 1;
  const declared = entry(value, 'Length');
  if (declared?.kind === 'number' && declared.value >= 0 && begin + declared.value <= text.length) {
    const end = begin + declared.value;
    if (/^[\r\n\t ]{0,4}endstream/.test(text.slice(end, end + 16))) return { bytes: bytes.subarray(begin, end), end };
  }
  const end = text.indexOf('endstream', begin);
  if (end === -1) return { bytes: bytes.subarray(begin), end: text.length };
  const trimmed = text.slice(Math.max(begin, end - 2), end).match(/\r?\n$|\r$/)?.[0].length ?? 0;
  return { bytes: bytes.subarray(begin, end - trimmed), end };
}

/** Objects of an object stream: pairs "number offset", then the values. */
function unpack(content: Uint8Array, dictionary: PdfValue): PdfObject[] {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
  const first = entry(dictionary, 'First');
  if (first?.kind !== 'number') return [];
  const numbers = text.slice(0, first.value).trim().split(/\s+/).slice(0, 20_000).map(Number);
  const objects: PdfObject[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const number = numbers[index];
    const offset = numbers[index + 1];
    const next = numbers[index + 3];
    if (number === undefined || offset === undefined) continue;
    const limit = next === undefined ? text.length : Math.min(text.length, first.value + next);
    const parsed = parseValue(text, first.value + offset, limit);
    if (parsed) objects.push({ number, value: parsed.value });
  }
  return objects;
}
