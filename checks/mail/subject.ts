import { header, headers, readAddresses } from '#formats/mail/index.ts';
import type { Mail, MailPart } from '#formats/mail/index.ts';
import { startsLikePdf } from '#formats/pdf/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import { documentsOf } from '../xdm/index.ts';
import { receiptOf } from './receipt.ts';
import type { MailOptions, MailSubject } from './types.ts';

export const SUBJECT_PREFIX = 'XDM/1.0/DDM+';
/** Bound on archives opened in one mail: one is expected. */
const MAX_ARCHIVES = 5;

/** Opens the attachments and gathers what the rules look at. */
export async function subjectOf(mail: Mail, size: number, options: MailOptions): Promise<MailSubject> {
  const from = headers(mail, 'From').flatMap(readAddresses);
  const named = ['To', 'Cc'].flatMap((name) => headers(mail, name).flatMap(readAddresses));
  const recipients = [...new Set([...named.map((one) => one.address), ...(options.envelope?.to ?? [])].map(lower))];
  const patientDomain = `@${lower(options.patientDomain ?? 'patient.mssante.fr')}`;
  const receipt = receiptOf(mail);
  // What a receipt gives back was written, and is judged, elsewhere.
  const attachments = receipt ? [] : mail.attachments;
  const archives = await Promise.all(
    attachments
      .filter(isArchive)
      .slice(0, MAX_ARCHIVES)
      .map(async (part) => ({ part, reading: await readXdm(part.content) })),
  );
  const documents = archives.flatMap(({ reading }) => (reading.ok ? documentsOf(reading) : []));
  const pdfs = attachments.filter(isPdf).map((part) => ({ part, name: part.fileName ?? '' }));
  const subject = header(mail, 'Subject') ?? '';
  return {
    mail,
    size,
    options,
    from,
    recipients,
    patientRecipients: recipients.filter((address) => address.endsWith(patientDomain)),
    archives,
    documents,
    cdas: documents.flatMap((one) => one.cda ?? []),
    pdfs,
    carriesReports: !receipt && (options.carriesReports ?? (archives.length > 0 || subject.includes(SUBJECT_PREFIX))),
    receipt,
  };
}

function isArchive(part: MailPart): boolean {
  const [a, b, c, d] = part.content;
  const magic = a === 0x50 && b === 0x4b && c === 3 && d === 4;
  return magic || /zip/.test(part.contentType?.type ?? '') || /\.zip$/i.test(part.fileName ?? '');
}

function isPdf(part: MailPart): boolean {
  return (
    part.contentType?.type === 'application/pdf' || /\.pdf$/i.test(part.fileName ?? '') || startsLikePdf(part.content)
  );
}

function lower(text: string): string {
  return text.toLowerCase();
}
