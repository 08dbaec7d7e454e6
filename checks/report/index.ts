export { isBenchLimit, limitBreach } from './limit.ts';
export { openReport, type Breach, type Report } from './report.ts';
