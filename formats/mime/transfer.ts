/**
 * Undoes a Content-Transfer-Encoding (RFC 2045 §6). `7bit`, `8bit`, `binary` and unknown names give the bytes unchanged:
 * whoever reads them then fails on what was really sent.
 *
 * @param encoding value of the header, any case
 */
export function transferDecode(raw: Uint8Array, encoding: string | undefined): Uint8Array {
  switch (encoding?.trim().toLowerCase()) {
    case 'base64':
      return new Uint8Array(Buffer.from(Buffer.from(raw).toString('latin1'), 'base64'));
    case 'quoted-printable':
      return quotedPrintable(raw);
    default:
      return raw;
  }
}

function quotedPrintable(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw).toString('latin1');
  const decoded = text
    .replace(/[ \t]+(?=\r?\n|$)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new Uint8Array(Buffer.from(decoded, 'latin1'));
}
