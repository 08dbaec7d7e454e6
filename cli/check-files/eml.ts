const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const MBOX = /^From [^\r\n]{0,998}\r?\n/;
const HEAD = 1024;

/** The source of one mail, and the line of the file at which it begins. */
export interface SavedMail {
  readonly source: Uint8Array;
  /** 1-based: 2 behind the line of an mbox file. */
  readonly firstLine: number;
}

/**
 * The source of one mail out of what a tool saved: without a byte order mark, the `From ` line of an mbox file, or the
 * dots that SMTP doubles (RFC 5321 §4.5.2) when the file ends with the dot that ends DATA. Nothing else is changed.
 */
export function mailSource(bytes: Uint8Array): SavedMail {
  let source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (source.subarray(0, BOM.length).equals(BOM)) source = source.subarray(BOM.length);
  const mbox = MBOX.exec(source.toString('latin1', 0, HEAD));
  if (mbox !== null) source = source.subarray(mbox[0].length);
  return { source: withoutStuffing(source), firstLine: mbox === null ? 1 : 2 };
}

function withoutStuffing(source: Buffer): Uint8Array {
  const end = /\n\.\r?\n$/.exec(source.toString('latin1', Math.max(0, source.length - 4)));
  if (end === null) return source;
  const text = source.toString('latin1', 0, source.length - end[0].length + 1);
  return Buffer.from(text.replace(/(^|\n)\.\./g, '$1.'), 'latin1');
}
