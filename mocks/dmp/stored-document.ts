import type { StoredDocument } from './types.ts';

/**
 * Makes the document of an entry.
 * @param read gives its bytes; called each time they are asked
 */
export function storedDocument(fields: Omit<StoredDocument, 'bytes'>, read: () => Uint8Array): StoredDocument {
  // Not enumerable: a copy of the metadata never reads a file.
  return Object.defineProperty({ ...fields }, 'bytes', { get: read }) as StoredDocument;
}
