export { readPdf, startsLikePdf } from './read.ts';
export { PDFA_ID } from './xmp.ts';
export type { ActiveContent, ActiveContentKind, Pdf, PdfFault, PdfReading } from './types.ts';
