export { FILE_RULES, RULES, checkCda, checkCdaFile } from './check.ts';
export { OFFICIAL_RULES, packFindings } from './official/index.ts';
export { checkCdaPair, PAIR_RULES } from './pair.ts';
export { checkCdaVersions, VERSION_RULES } from './versions.ts';
export type { CdaPair } from './pair.ts';
export type { CdaOptions, ExpectedPatient, Subcontracted } from './types.ts';
