export { RULES, checkPdfFile } from './check.ts';
export { differencesOf, readPdfName } from './file-name.ts';
export type { ExpectedPdfName, PdfName } from './file-name.ts';
export type { PdfOptions } from './types.ts';
