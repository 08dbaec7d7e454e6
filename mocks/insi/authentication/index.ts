export { judgeCardCoherence } from './cpx.ts';
export { type AuthenticationContext, isRefusedAtHandshake, judgeAuthentication } from './judge.ts';
export type { Authentication, AuthenticationJudgement, Refusal } from './types.ts';
