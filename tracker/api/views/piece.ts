import type { StoredPiece } from '../../store/index.ts';
import type { PieceView } from '../types.ts';
import { isShownAsText } from '../pieces/media.ts';

export function pieceView({ id, run, piece }: StoredPiece): PieceView {
  const { provenance } = piece;
  const { name, version, build } = provenance.product;
  return {
    id,
    slot: piece.slot,
    caption: provenance.caption,
    file: provenance.file,
    mediaType: provenance.mediaType,
    size: provenance.size,
    sha256: provenance.sha256,
    originalSha256: provenance.originalSha256,
    masked: provenance.masked,
    collectedAt: provenance.collectedAt,
    product: { name, version, ...(build === undefined ? {} : { build }) },
    evidenceClass: provenance.evidenceClass,
    verdict: provenance.verdict,
    run,
    scenario: provenance.scenario,
    text: isShownAsText(provenance.mediaType),
    url: `/api/pieces/${id}`,
    provenanceUrl: `/api/pieces/${id}/provenance`,
  };
}
