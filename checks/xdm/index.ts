export { RULES, checkXdm, checkXdmFile } from './check.ts';
export { documentsOf } from './subject.ts';
export type { XdmDocument, XdmOptions } from './types.ts';
