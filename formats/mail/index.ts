export { readAddresses } from './addresses.ts';
export { header, headers, leaves, readMail } from './read.ts';
export { readReport, readReturned, reportField } from './report.ts';
export type { MailReport } from './report.ts';
export type {
  Mail,
  MailAddress,
  MailFault,
  MailHeader,
  MailLimits,
  MailPart,
  MailProblem,
  MailReading,
} from './types.ts';
