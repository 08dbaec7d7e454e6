/** Character sets by the value of MSH-18 (HL7 table 0211). */
const ENCODINGS: Readonly<Record<string, string>> = {
  'UNICODE UTF-8': 'utf-8',
  UNICODE: 'utf-8',
  ASCII: 'utf-8',
  '8859/1': 'iso-8859-1',
  '8859/15': 'iso-8859-15',
};

/**
 * Text of a message in the character set that its header declares. Undeclared, it is UTF-8 when it can be, else the
 * Western set in use in laboratories.
 */
export function decodeMessage(bytes: Uint8Array): string {
  const ascii = new TextDecoder('iso-8859-1').decode(bytes.subarray(0, 2_000));
  const mark = ascii[3] ?? '|';
  const declared = ascii.split(/\r|\n/, 1)[0]?.split(mark)[17]?.split('~', 1)[0]?.trim() ?? '';
  const encoding = ENCODINGS[declared];
  if (encoding !== undefined && encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('iso-8859-15').decode(bytes);
  }
}

/** What we send is always UTF-8, and says so. */
export function encodeMessage(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
