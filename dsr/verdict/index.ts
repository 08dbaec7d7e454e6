export type { Finding, Layer, Rule, Severity, Verdict } from './types.ts';
export { verdictOf } from './verdict.ts';
