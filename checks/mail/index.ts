export { RULES } from './all-rules.ts';
export { checkMailFile } from './check.ts';
export { readMailSubject } from './read.ts';
export { checkDeletionNotices, checkMailSet } from './set.ts';
export type { SentMail } from './set.ts';
export { isQualified } from './rules/reports.ts';
export type { MailOptions, MailSubject, PdfAttachment } from './types.ts';
