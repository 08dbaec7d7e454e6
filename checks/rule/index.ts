export { applyRules, findingOf } from './apply.ts';
export type { Breach, JudgedRule, RuleChoice } from './types.ts';
