export { checkPair } from './check.ts';
export { checkLotCoherence } from './lot.ts';
export { COHERENCE_RULES, type CoherenceRule } from './rules.ts';
