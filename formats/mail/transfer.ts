import { decodeQuoted } from './words.ts';

/** Decoded bytes; `defect` is a French sentence when the encoding was broken but still gave something. */
export interface Decoded {
  readonly content: Uint8Array;
  readonly defect?: { readonly code: 'MAIL_BASE64' | 'MAIL_TRANSFER_ENCODING'; readonly message: string };
}

/** Undoes Content-Transfer-Encoding (RFC 2045 §6). Unknown encodings leave the bytes as they are. */
export function decodeTransfer(bytes: Uint8Array, encoding: string): Decoded {
  switch (encoding) {
    case '7bit':
    case '8bit':
    case 'binary':
      return { content: bytes };
    case 'base64':
      return decodeBase64(latin1(bytes));
    case 'quoted-printable':
      return { content: decodeQuoted(latin1(bytes).replace(/=[ \t]{0,80}\r?\n/g, '')) };
    default:
      return {
        content: bytes,
        defect: { code: 'MAIL_TRANSFER_ENCODING', message: `Content-Transfer-Encoding inconnu : ${encoding}.` },
      };
  }
}

function decodeBase64(text: string): Decoded {
  const packed = text.replace(/[\r\n\t ]+/g, '');
  const content = Buffer.from(packed, 'base64');
  if (packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return { content };
  return { content, defect: { code: 'MAIL_BASE64', message: 'Le base64 de cette partie est invalide ou tronqué.' } };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
