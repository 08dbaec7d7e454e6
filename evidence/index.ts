export { createCollector, type Collector, type CollectorSettings, type Filing, type SlotToFill } from './collector.ts';
export { judgeCapture, type JudgedCapture } from './judge-capture.ts';
export { slotFolder } from './piece-files.ts';
export { provenanceSheet } from './provenance.ts';
export { renumberPieces, type FiledPiece } from './renumber-pieces.ts';
export { sha256, writeWhole } from './store.ts';
export type { Capture, Exhibit, GuardRefusal, Piece, Provenance } from './types.ts';
