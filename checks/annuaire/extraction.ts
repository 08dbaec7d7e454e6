import { inflateRawSync } from 'node:zlib';
import { readTable, USUAL_TITLES, type Table, type Titles } from './table.ts';
import type { DirectoryRequest } from './types.ts';

/** One delivery of the public extraction. */
export interface Extraction extends DirectoryRequest {
  /** Empty when nothing could be read. */
  readonly files: readonly ExtractionFile[];
}

export interface ExtractionFile {
  readonly name: string;
  /** Lines after the header. */
  readonly rows: number;
  /** Read when it is asked for; undefined when its columns are unknown, or it is too long to be compared. */
  readonly table: () => Table | undefined;
}

const MAX_TEXT = 512 * 1024 * 1024;
const MAX_FILES = 20;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** Files of an extraction, delivered as text or as a zip of text files. */
export function readFiles(body: Uint8Array, name: string, titles: Titles = USUAL_TITLES): Extraction['files'] {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (buffer.length < 4 || buffer.readUInt32LE(0) !== 0x04034b50) return [fileOf(name, buffer, titles)];
  return unzipText(buffer, titles);
}

/**
 * Text files of the zip, through its central directory. Synchronous, because a judgement waits for nothing; bounded,
 * because the bytes come from outside. What is damaged gives no file.
 */
function unzipText(zip: Buffer, titles: Titles): Extraction['files'] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) return [];
  const count = Math.min(zip.readUInt16LE(end + 10), MAX_FILES);
  const files: ExtractionFile[] = [];
  let left = MAX_TEXT;
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count && at + 46 <= zip.length && zip.readUInt32LE(at) === CENTRAL; index += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const text = /\.(txt|csv)$/i.test(name) ? entryText(zip, at, left) : undefined;
    if (text) {
      left -= text.length;
      files.push(fileOf(name, text, titles));
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function fileOf(name: string, text: Buffer, titles: Titles): ExtractionFile {
  const rows = rowsOf(text);
  let read: { readonly table: Table | undefined } | undefined;
  return { name, rows, table: () => (read ??= { table: readTable(text, rows, titles) }).table };
}

function entryText(zip: Buffer, central: number, maxBytes: number): Buffer | undefined {
  const local = zip.readUInt32LE(central + 42);
  if (local + 30 > zip.length) return undefined;
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(central + 20));
  if (zip.readUInt16LE(central + 10) === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, maxBytes) });
  } catch {
    return undefined;
  }
}

/** Lines that hold something, the header left out. */
function rowsOf(text: Buffer): number {
  let lines = 0;
  for (let at = 0; at < text.length;) {
    const feed = text.indexOf(0x0a, at);
    const end = feed === -1 ? text.length : feed;
    if (end > at && !(end === at + 1 && text[at] === 0x0d)) lines += 1;
    at = end + 1;
  }
  return Math.max(0, lines - 1);
}
