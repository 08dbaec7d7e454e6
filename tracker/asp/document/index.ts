export { announcedPieces } from './announced.ts';
export { checkDocument, type DocumentProblem } from './check.ts';
