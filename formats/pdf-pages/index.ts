export { readPdfPages } from './read-pages.ts';
export { readPdfText, type PdfText } from './read-text.ts';
export type { DrawnPage, DrawnPages, PagesFault, PagesLimits, PagesReading } from './types.ts';
