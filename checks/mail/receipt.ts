import { header, readReport } from '#formats/mail/index.ts';
import type { Mail, MailReport } from '#formats/mail/index.ts';
import table from './integration-codes.json' with { type: 'json' };

/** A mail that answers by machine: a read report, or the notice that documents were not integrated. */
export interface Receipt {
  readonly report: MailReport | undefined;
  /** Code between brackets at the head of the subject; empty when the notice has none. */
  readonly subjectError: string | undefined;
  /** The subject without what announces the error. */
  readonly bareSubject: string;
}

export const INTEGRATION_CODES: Readonly<Record<string, string>> = table.codes;
const NOTICE = new RegExp(table.subject, 'i');

/** What a mail says of another one; undefined for a mail that a person, or a laboratory, writes. */
export function receiptOf(mail: Mail): Receipt | undefined {
  const subject = header(mail, 'Subject') ?? '';
  const notice = NOTICE.exec(subject);
  const report = readReport(mail);
  const declared = mail.root.contentType?.type === 'multipart/report';
  if (!report && !notice && !declared) return undefined;
  return {
    report,
    subjectError: notice ? (notice[1] ?? '').trim() : undefined,
    bareSubject: notice ? subject.slice(notice[0].length) : subject,
  };
}
