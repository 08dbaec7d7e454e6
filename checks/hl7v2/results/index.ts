export { carriesResults, checkResults, RESULT_RULES } from './result-rules.ts';
export type { ResultOptions, ValidatedResult } from './types.ts';
