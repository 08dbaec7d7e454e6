export { buildZip, type ZippedPiece } from './build.ts';
export { checkZip, type AnnouncedPiece, type HeldPiece, type ZipProblem, type ZipProblemCode } from './check.ts';
export { isSafeName, safeName, safeNames } from './names.ts';
