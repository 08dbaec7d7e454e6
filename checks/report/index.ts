export { openReport, type Breach, type Report } from './report.ts';
