import { findActiveContent } from './active.ts';
import { entry, nameOf } from './entries.ts';
import { decodedStream, filtersOf } from './filters.ts';
import { findFonts } from './fonts.ts';
import { resolve, scanObjects } from './objects.ts';
import type { PdfObject, PdfObjects } from './objects.ts';
import { readPdfaClaim } from './xmp.ts';
import type { PdfaClaim } from './xmp.ts';
import type { Pdf, PdfFault, PdfReading } from './types.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_XMP = 4 * 1024 * 1024;

/**
 * Reads what the checks need to know of a PDF, from its bytes alone. It is not a PDF/A validator: it tells what the file
 * claims and shows what contradicts the claim.
 * @param bytes the whole file, at most 64 MiB
 * @returns a fault when the bytes are not a PDF; never throws
 */
export function readPdf(bytes: Uint8Array): PdfReading {
  if (bytes.length === 0) return refuse('PDF_EMPTY', 'Le fichier est vide.');
  if (bytes.length > MAX_BYTES) return refuse('PDF_TOO_LARGE', `Le fichier dépasse ${MAX_BYTES} octets.`);
  const head = latin1(bytes.subarray(0, 1024 + 16));
  const header = /%PDF-(\d\.\d)/.exec(head);
  if (!header?.[1]) return refuse('PDF_NO_HEADER', 'Le fichier ne commence pas par %PDF- : ce n’est pas un PDF.');
  const objects = scanObjects(bytes);
  if (objects.byNumber.size === 0) return refuse('PDF_NO_OBJECT', 'Aucun objet PDF lisible après l’en-tête.');
  const encrypted = objects.trailers.some((trailer) => entry(trailer, 'Encrypt') !== undefined);
  const metadata = readMetadata(objects, encrypted);
  const pageCount = countPages(objects);
  const pdf: Pdf = {
    ok: true,
    version: header[1],
    headerOffset: header.index,
    ...(metadata.claim?.part === undefined ? {} : { pdfaPart: metadata.claim.part }),
    ...(metadata.claim?.conformance === undefined ? {} : { pdfaConformance: metadata.claim.conformance }),
    metadata: metadata.state,
    encrypted,
    packedObjects: objects.packedObjects,
    activeContent: findActiveContent(objects),
    ...(encrypted ? {} : { fonts: findFonts(objects, catalogOf(objects)) }),
    ...(pageCount === undefined ? {} : { pageCount }),
    endMark: latin1(bytes.subarray(Math.max(0, bytes.length - 1024))).includes('%%EOF'),
  };
  return pdf;
}

/** True when the bytes start like a PDF, which is what a mail or a CDA body must at least do. */
export function startsLikePdf(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 5)) === '%PDF-';
}

function catalogOf(objects: PdfObjects): PdfObject['value'] | undefined {
  for (const trailer of objects.trailers.toReversed()) {
    const root = resolve(objects, entry(trailer, 'Root'));
    if (root) return root;
  }
  return [...objects.byNumber.values()].find((object) => nameOf(entry(object.value, 'Type')) === 'Catalog')?.value;
}

function readMetadata(objects: PdfObjects, encrypted: boolean): { state: Pdf['metadata']; claim?: PdfaClaim } {
  const reference = entry(catalogOf(objects), 'Metadata');
  const object = reference?.kind === 'reference' ? objects.byNumber.get(reference.object) : undefined;
  if (!object?.stream) return { state: 'absent' };
  const packet = decodedStream(object, MAX_XMP);
  const claim = packet && !encrypted ? readPdfaClaim(packet) : undefined;
  if (!claim) return { state: 'unreadable' };
  return { state: filtersOf(object.value).length > 0 ? 'compressed' : 'plain', claim };
}

function countPages(objects: PdfObjects): number | undefined {
  const count = resolve(objects, entry(resolve(objects, entry(catalogOf(objects), 'Pages')), 'Count'));
  return count?.kind === 'number' && Number.isInteger(count.value) && count.value >= 0 ? count.value : undefined;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function refuse(code: PdfFault['code'], message: string): PdfReading {
  return { ok: false, fault: { code, message } };
}
