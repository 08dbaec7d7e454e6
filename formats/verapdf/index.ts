export { readVeraPdfReport } from './read.ts';
export type { VeraPdfReading, VeraPdfReport, VeraPdfRule } from './types.ts';
