export { checkDisplay, RULES } from './check.ts';
export type { DisplayedCda } from './rules.ts';
