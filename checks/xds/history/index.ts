export { checkHistoryFeeding, type HistoryOptions } from './check.ts';
export { checkHistoryRate } from './rate.ts';
export { HISTORY_RULES, type HistoryRule } from './rules.ts';
