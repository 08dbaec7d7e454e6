export { packFindings } from './findings.ts';
export { OFFICIAL_RULES } from './rules.ts';
