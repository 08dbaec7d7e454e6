export { renderJunit } from './junit/index.ts';
export { renderPage } from './page/index.ts';
export { renderReadme } from './readme/index.ts';
export type { ReportInput } from './types.ts';
export { writeReports, type ReportTarget } from './write-reports.ts';
