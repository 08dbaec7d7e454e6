/**
 * Writes a mailbox name in the modified UTF-7 of RFC 3501 §5.1.3.
 */
export function encodeUtf7(name: string): string {
  return name.replaceAll('&', '&-').replaceAll(/[^ -~]+/gu, (run) => {
    const units = Buffer.from(run, 'utf16le').swap16();
    return `&${units.toString('base64').replaceAll('/', ',').replaceAll('=', '')}-`;
  });
}

/**
 * Reads a mailbox name from modified UTF-7.
 * @returns undefined when it is not the one way to write that name
 */
export function decodeUtf7(text: string): string | undefined {
  if (/[^ -~]/u.test(text)) return undefined;
  const name = text.replaceAll(/&([^-]*)-/gu, (_, shifted: string) => {
    if (shifted === '') return '&';
    const bytes = Buffer.from(shifted.replaceAll(',', '/'), 'base64');
    return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '\uFFFD';
  });
  return encodeUtf7(name) === text ? name : undefined;
}
