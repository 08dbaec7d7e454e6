export { openZip } from './open.ts';
export { readZip } from './read.ts';
export type { ZipEntry, ZipFault, ZipFileEntry, ZipLimits, ZipOpening, ZipProblem, ZipReading } from './types.ts';
