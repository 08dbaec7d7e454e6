export { createReports, type BuildDocuments, type Reports, type ValidatedReport } from './validation.ts';
