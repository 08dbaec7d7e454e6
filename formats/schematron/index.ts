export { openLibrary } from './documents.ts';
export type { Library } from './documents.ts';
export { loadSchema } from './load.ts';
export { parseXml } from './parse-xml.ts';
export { interpret } from './run.ts';
export type { Failure, Interpreter, InterpreterOptions } from './run.ts';
export type { PackFiles, Schema, SchemaProblem } from './types.ts';
