export { checkGrowth, checkOtherStructure, checkPeriod } from './check.ts';
export { RULES } from './rules.ts';
export type { Channel, Dashboard, Figures, IdentityCounts } from './types.ts';
