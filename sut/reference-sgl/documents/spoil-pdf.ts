import { deflateSync } from 'node:zlib';
import { spoilPdfBytes } from '../faults/index.ts';

/** Options of the library for a paper that nobody may change, which PDF/A forbids. */
export function encryption(faults: ReadonlySet<string>): { readonly ownerPassword?: string } {
  return faults.has('pdf-chiffre') ? { ownerPassword: 'laboratoire' } : {};
}

/** The paper with what the faults switched on make wrong; the same bytes without any. */
export function spoilPdf(bytes: Uint8Array, faults: ReadonlySet<string>): Uint8Array {
  return spoilPdfBytes(faults.has('pdf-metadonnees-compressees') ? withSmallMetadata(bytes) : bytes, faults);
}

/** Its XMP packet compressed, as the streams of the pages are. */
function withSmallMetadata(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return Buffer.from(
    text.replace(
      /(\/Type \/Metadata[^>]*?)\/Length \d+([^>]*>>\s*stream\r?\n)(.*?)(\r?\nendstream)/s,
      (_all, before: string, after: string, packet: string, end: string) => {
        const small = deflateSync(Buffer.from(packet, 'latin1')).toString('latin1');
        return `${before}/Filter /FlateDecode /Length ${small.length}${after}${small}${end}`;
      },
    ),
    'latin1',
  );
}
