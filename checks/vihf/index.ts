export { checkVihf, vihfOf } from './check.ts';
export { RULES } from './rules.ts';
export type { Vihf, VihfOptions, VihfRequest } from './types.ts';
