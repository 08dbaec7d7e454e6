/**
 * Undoes a Content-Transfer-Encoding (RFC 2045 §6). `7bit`, `8bit`, `binary` and unknown names give the bytes unchanged:
 * whoever reads them then fails on what was really sent.
 *
 * @param encoding value of the header, any case
 */
export function transferDecode(raw: Uint8Array, encoding: string | undefined): Uint8Array {
  switch (encoding?.trim().toLowerCase()) {
    case 'base64':
      return base64(raw);
    case 'quoted-printable':
      return quotedPrintable(raw);
    default:
      return raw;
  }
}

/** Decoded slice by slice into one piece of memory: a part of tens of megabytes is never a string. */
const SLICE = 1024 * 1024;

function base64(raw: Uint8Array): Uint8Array {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const target = Buffer.allocUnsafeSlow(Math.ceil((raw.byteLength * 3) / 4) + 3);
  let size = 0;
  // Characters of the alphabet that are still to make a group of four.
  let left = '';
  for (let at = 0; at < source.length; at += SLICE) {
    const text = left + source.toString('latin1', at, at + SLICE).replaceAll(/[^A-Za-z0-9+/_=-]+/g, '');
    const end = text.indexOf('=');
    const whole = end === -1 ? text.length - (text.length % 4) : end;
    size += target.write(text.slice(0, whole), size, 'base64');
    left = text.slice(whole);
    if (end !== -1) return new Uint8Array(target.buffer, 0, size);
  }
  size += target.write(left, size, 'base64');
  return new Uint8Array(target.buffer, 0, size);
}

function quotedPrintable(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw).toString('latin1');
  const decoded = text
    .replace(/[ \t]+(?=\r?\n|$)/g, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new Uint8Array(Buffer.from(decoded, 'latin1'));
}
