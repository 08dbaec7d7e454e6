export { createCollector, type Collector, type CollectorSettings, type Filing } from './collector.ts';
export { guardAgainstRealPatients, PUBLISHED_TEST_INS } from './guard.ts';
export { maskSecrets } from './mask.ts';
export { slotFolder } from './piece-files.ts';
export { provenanceSheet } from './provenance.ts';
export { renumberPieces, type FiledPiece } from './renumber-pieces.ts';
export { createFolderStore, sha256, writeWhole, type OriginalStore } from './store.ts';
export type { Capture, Exhibit, GuardRefusal, Piece, Provenance } from './types.ts';
export { viewsOf, type View } from './views.ts';
