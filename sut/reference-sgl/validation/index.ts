export {
  createReports,
  type BuildDocuments,
  type ReceivedLetter,
  type Reports,
  type Revision,
  type ValidatedReport,
} from './validation.ts';
