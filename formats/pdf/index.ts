export { readPdf, startsLikePdf } from './read.ts';
export { PDFA_ID } from './xmp.ts';
export type { ActiveContent, ActiveContentKind, FontsUsed, Pdf, PdfFault, PdfReading, UsedFont } from './types.ts';
