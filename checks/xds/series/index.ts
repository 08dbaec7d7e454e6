export { checkDmpSeries } from './check.ts';
export type { SeriesOptions } from './judged.ts';
export { SERIES_RULES, type SeriesRule } from './rules.ts';
