export { RULES, checkCda, checkCdaFile } from './check.ts';
export { packFindings } from './official/index.ts';
export { checkCdaPair } from './pair.ts';
export { checkCdaVersions } from './versions.ts';
export type { CdaPair } from './pair.ts';
export type { CdaOptions, ExpectedPatient } from './types.ts';
