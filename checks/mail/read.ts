import { readMail } from '#formats/mail/index.ts';
import { subjectOf } from './subject.ts';
import type { MailOptions, MailSubject } from './types.ts';

/** A mail with its archive, CDA and PDF, for those who judge further; `fault` is a French sentence. */
export async function readMailSubject(
  source: Uint8Array,
  options: MailOptions = {},
): Promise<MailSubject | { readonly fault: string }> {
  const reading = readMail(source);
  return reading.ok ? subjectOf(reading.mail, source.length, options) : { fault: reading.fault.message };
}
