export { finessKey, readFiness } from './finess.ts';
export { luhnKey } from './luhn.ts';
export { readRpps } from './rpps.ts';
export { readSiret } from './siret.ts';
export type { IdentifierFault, IdentifierReading } from './types.ts';
