/**
 * The one form that a sealed zip has: entries stored one after the other, fixed dates, nothing optional. Every byte of it is either content, or
 * follows from the names, sizes and checksums of the entries, so that a changed byte is seen wherever it stands; and the form must be the same
 * in ten years, which a library of the day does not promise.
 * Source: PKWARE APPNOTE 6.3.10, §4.3 and §4.5.3.
 */

/** What the headers of an entry are made of. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
}

const U32 = 0xffff_ffff;
const U16 = 0xffff;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1980-01-01 00:00, the first moment that the format knows. */
const DATE = 0x0021;
const VERSION = 20;
const VERSION_64 = 45;
/** Made on Unix. */
const MADE_BY = 0x0300;
/** A regular file that everybody reads. */
const ATTRIBUTES = 0o100644 * 0x1_0000;

const needs64 = (size: number): boolean => size >= U32;

/** Where the checksum stands in a local header. */
export const CRC_OFFSET = 14;

/** Header before the bytes of an entry. */
export function localHeader({ name, size, crc32 }: ZipEntry): Buffer {
  const path = Buffer.from(name, 'utf8');
  const extra = needs64(size) ? sizes64(size, size) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(needs64(size) ? VERSION_64 : VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt32LE(crc32, CRC_OFFSET);
  header.writeUInt32LE(needs64(size) ? U32 : size, 18);
  header.writeUInt32LE(needs64(size) ? U32 : size, 22);
  header.writeUInt16LE(path.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, path, extra]);
}

/** Line of an entry in the table at the end. @param offset of its local header */
export function centralHeader({ name, size, crc32 }: ZipEntry, offset: number): Buffer {
  const path = Buffer.from(name, 'utf8');
  const far = needs64(offset);
  const fields = [...(needs64(size) ? [size, size] : []), ...(far ? [offset] : [])];
  const extra = fields.length === 0 ? Buffer.alloc(0) : sizes64(...fields);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_BY | VERSION_64, 4);
  header.writeUInt16LE(fields.length > 0 ? VERSION_64 : VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(crc32, 16);
  header.writeUInt32LE(needs64(size) ? U32 : size, 20);
  header.writeUInt32LE(needs64(size) ? U32 : size, 24);
  header.writeUInt16LE(path.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(ATTRIBUTES, 38);
  header.writeUInt32LE(far ? U32 : offset, 42);
  return Buffer.concat([header, path, extra]);
}

/** What ends the file. @param offset of the table @param size of the table */
export function endOfZip(count: number, offset: number, size: number): Buffer {
  const large = count >= U16 || needs64(offset) || needs64(size);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(large ? U16 : count, 8);
  end.writeUInt16LE(large ? U16 : count, 10);
  end.writeUInt32LE(large ? U32 : size, 12);
  end.writeUInt32LE(large ? U32 : offset, 16);
  if (!large) return end;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(MADE_BY | VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}

function sizes64(...values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [rank, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * rank);
  return extra;
}

/** Reads the table of a zip of this form; other forms give a table that does not follow from itself. */
export interface ReadTable {
  readonly entries: readonly ZipEntry[];
  /** Of the table. */
  readonly offset: number;
  readonly size: number;
}

/** Where the table is. @param tail the last 98 bytes of the file, or all of it @returns undefined when the file does not end as one */
export function tableAt(
  tail: Buffer,
): { readonly offset: number; readonly size: number; readonly count: number } | undefined {
  if (tail.length < 22) return undefined;
  const end = tail.subarray(tail.length - 22);
  if (end.readUInt32LE(0) !== 0x06054b50) return undefined;
  const count = end.readUInt16LE(10);
  const size = end.readUInt32LE(12);
  const offset = end.readUInt32LE(16);
  if (count !== U16 && size !== U32 && offset !== U32) return { offset, size, count };
  if (tail.length < 98) return undefined;
  const record = tail.subarray(tail.length - 98);
  if (record.readUInt32LE(0) !== 0x06064b50) return undefined;
  const large = [record.readBigUInt64LE(48), record.readBigUInt64LE(40), record.readBigUInt64LE(32)].map(Number);
  const [far = 0, length = 0, many = 0] = large;
  return large.every(Number.isSafeInteger) ? { offset: far, size: length, count: many } : undefined;
}

/** Entries that the bytes of a table name, as far as they can be read. */
export function readTable(table: Buffer): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= table.length && table.readUInt32LE(at) === 0x02014b50;) {
    const crc32 = table.readUInt32LE(at + 16);
    const short = table.readUInt32LE(at + 24);
    const name = table.readUInt16LE(at + 28);
    const extra = table.readUInt16LE(at + 30);
    const next = at + 46 + name + extra;
    if (next > table.length) break;
    const size = short === U32 && extra >= 12 ? Number(table.readBigUInt64LE(at + 46 + name + 4)) : short;
    entries.push({ name: table.toString('utf8', at + 46, at + 46 + name), size, crc32 });
    at = next;
  }
  return entries;
}
