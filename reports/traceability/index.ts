export { renderTraceability } from './page.ts';
export { traceRows, type TraceRow, type WhyNotPlayed } from './rows.ts';
export { traceSheet } from './sheet.ts';
