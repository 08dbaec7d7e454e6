export { readPdfPages } from './read-pages.ts';
export type { DrawnPage, DrawnPages, PagesFault, PagesLimits, PagesReading } from './types.ts';
