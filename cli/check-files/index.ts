import { ASP } from './asp.ts';
import { VIHF, XDS } from './dmp.ts';
import { DOCUMENT_KINDS } from './documents.ts';
import { HL7V2 } from './hl7v2.ts';
import { INS } from './ins.ts';
import { INSI } from './insi.ts';
import { LOINC } from './loinc.ts';
import { PORTABILITY } from './portability.ts';
import { QUOTE } from './quote.ts';
import type { Kind } from './types.ts';

/** Every kind of file that `jalon check` serves. */
export const KINDS: readonly Kind[] = [INSI, INS, HL7V2, XDS, VIHF, ...DOCUMENT_KINDS, LOINC, PORTABILITY, ASP, QUOTE];

export { checkedText, findingLines } from './text.ts';
export type { CheckedFile, CheckOptions, Kind, Outcome } from './types.ts';
export { fileOf, readCodeFiles, type GivenCodes } from './code-files.ts';
export { readOriginal } from './mail.ts';
export { readCdaIdentity, readLayoutFile, readMentionsFile } from './pdf.ts';
export { readPack } from './pack.ts';
export { readDeclarationFile } from './portability.ts';
export { readValueSet } from './value-set.ts';
