export { RULES, checkMailFile, readMailSubject } from './check.ts';
export { checkMailSet } from './set.ts';
export { isQualified } from './rules/reports.ts';
export type { MailOptions, MailSubject, PdfAttachment } from './types.ts';
