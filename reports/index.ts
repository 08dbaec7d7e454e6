export { filmingCount, slotsToFilm, type ToFilm } from './page/to-film.ts';
export { renderJunit } from './junit/index.ts';
export { renderPage } from './page/index.ts';
export { renderReadme } from './readme/index.ts';
export type { ReportInput } from './types.ts';
export { writeReports, type ReportTarget } from './write-reports.ts';
