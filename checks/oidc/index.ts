export { checkPscLogin, type PscLoginOptions } from './check.ts';
export { RULES } from './rules.ts';
