import { ZipFile } from 'yazl';

export interface ZippedPiece {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Hour of Paris or of elsewhere, a DOS date is written as the machine reads it: this one is the same everywhere. */
const EPOCH = new Date(1980, 0, 1, 0, 0, 0);

/**
 * The zip of the attachments. The same pieces give the same bytes, so that its digest says whether something changed:
 * by name, without dates, stored as they are (documents are compressed already).
 */
export function buildZip(pieces: readonly ZippedPiece[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  const sorted = pieces.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name, content } of sorted) {
    zip.addBuffer(Buffer.from(content.buffer, content.byteOffset, content.byteLength), name, {
      mtime: EPOCH,
      mode: 0o100644,
      compress: false,
      forceDosTimestamp: true,
    });
  }
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    // Chunks as they come: an iterator would cost more than the zip itself, ten thousand times.
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.outputStream.on('end', () => resolve(Buffer.concat(chunks)));
    zip.on('error', reject);
    zip.end();
  });
}
