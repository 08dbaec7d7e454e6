export { causeInFrench } from './cause.ts';
export { openZip } from './open.ts';
export { readZip } from './read.ts';
export { sizeInFrench } from './size.ts';
export type { ZipEntry, ZipFault, ZipFileEntry, ZipLimits, ZipOpening, ZipProblem, ZipReading } from './types.ts';
