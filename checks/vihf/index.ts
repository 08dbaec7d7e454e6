export { checkVihf, vihfBeyondLimits, vihfOf } from './check.ts';
export { RULES } from './rules.ts';
export { envelopeOf, requestHeader } from './source.ts';
export type { Vihf, VihfOptions, VihfRequest } from './types.ts';
