import { DOCUMENT_ENTRY, externalIdentifier, type ExtrinsicObject } from '#formats/ebrim/index.ts';
import { readCda, type CdaDocument } from '#formats/cda/index.ts';
import type { DmpRequest } from './transaction.ts';
import { isSignatureEntry, readSubmission } from './submission.ts';

/** One document of a lot, beside the signature. */
export interface LotDocument {
  readonly entry: ExtrinsicObject;
  /** Empty when the entry has none. */
  readonly uniqueId: string;
  /** As it was sent; undefined when it cannot be had. */
  readonly bytes: Uint8Array | undefined;
  /** Undefined when the document is no CDA, or cannot be had. */
  readonly cda: CdaDocument | undefined;
}

/** The documents of a feeding, in their order; none when it cannot be read. */
export function documentsOfLot({
  contentType,
  body,
}: Pick<DmpRequest, 'contentType' | 'body'>): readonly LotDocument[] {
  const reading = readSubmission(contentType, body);
  if (!reading.ok) return [];
  const { objects, documents } = reading.submission;
  return (objects?.documents ?? [])
    .filter((entry) => !isSignatureEntry(entry))
    .map((entry) => {
      const bytes = documents.find(({ id }) => id === entry.id)?.bytes;
      const cda = bytes && readCda(bytes);
      return {
        entry,
        uniqueId: externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId)?.value ?? '',
        bytes,
        cda: cda?.ok === true ? cda.document : undefined,
      };
    });
}
