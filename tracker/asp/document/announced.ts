import type { AnnouncedPiece } from '../zip/index.ts';

/** Pieces that a document of the proposed layouts announces; it must follow its schema. */
export function announcedPieces(document: unknown): readonly AnnouncedPiece[] {
  const { attachments = [] } = document as { readonly attachments?: readonly ProposedPiece[] };
  return attachments.map(({ fileName, sha256 }) => ({ name: fileName, sha256 }));
}

interface ProposedPiece {
  readonly fileName: string;
  readonly sha256: string;
}
