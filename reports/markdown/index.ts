export { code, inline, table } from './markdown.ts';
export { renderSummary } from './summary.ts';
