export { codesIn, hasRightCheckDigit, isLoincCode } from './code.ts';
export { layoutOf, LAYOUTS, SEPARATOR } from './layouts.ts';
export { loincName, readLoincName } from './name.ts';
export { readLoincFile } from './read.ts';
export type {
  LoincColumn,
  LoincColumnKey,
  LoincFault,
  LoincFile,
  LoincLayout,
  LoincName,
  LoincRank,
  LoincReading,
  LoincRow,
} from './types.ts';
export { writeLoincRows } from './write.ts';
