import type { Attribution } from '#formats/exchange/index.ts';
import { DOCUMENT_ENTRY, externalIdentifier, parseCx } from '#formats/ebrim/index.ts';
import { readMail, type Mail } from '#formats/mail/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import type { Population } from '../population/types.ts';
import { PATIENT_DOMAIN, domainOf, type MailboxDirectory } from './mailboxes.ts';

/**
 * Whose mail it is: mailboxes of the envelope, the professional who sends, and the patient by the address of a patient
 * or by the metadata of the IHE_XDM archive (a mail to a professional names its patient nowhere else).
 * Never throws: a mail that cannot be read is attributed by its envelope.
 */
export async function attributionOf(
  source: Uint8Array,
  envelope: { readonly from: string; readonly to: readonly string[] },
  directory: MailboxDirectory,
  population: Population,
): Promise<Attribution> {
  const fromArchive = await archiveOf(source);
  const ins = insOfAddresses(envelope.to) ?? insOfAddresses([envelope.from]) ?? fromArchive.ins;
  const patient = ins === undefined ? undefined : population.byIns(ins)?.key;
  const professional = directory.find(envelope.from)?.professional;
  return {
    mailboxes: [envelope.from, ...envelope.to],
    ...(ins === undefined ? {} : { ins }),
    ...(patient === undefined ? {} : { patient }),
    ...(professional === undefined ? {} : { professional }),
    ...(fromArchive.documentIds.length === 0 ? {} : { documentIds: fromArchive.documentIds }),
  };
}

function insOfAddresses(addresses: readonly string[]): string | undefined {
  const address = addresses.find((one) => domainOf(one) === PATIENT_DOMAIN);
  const local = address?.slice(0, address.lastIndexOf('@')).toUpperCase();
  return local !== undefined && /^\d[\dAB]{14}$/u.test(local) ? local : undefined;
}

interface ArchiveReading {
  readonly ins?: string;
  readonly documentIds: readonly string[];
}

async function archiveOf(source: Uint8Array): Promise<ArchiveReading> {
  const reading = readMail(source);
  const archive = reading.ok ? zipOf(reading.mail) : undefined;
  if (archive === undefined) return { documentIds: [] };
  try {
    const xdm = await readXdm(archive);
    if (!xdm.ok) return { documentIds: [] };
    const documents = xdm.submissions.flatMap((submission) => submission.objects?.documents ?? []);
    const documentIds = documents.flatMap((one) => externalIdentifier(one, DOCUMENT_ENTRY.uniqueId)?.value ?? []);
    const patientIds = documents.flatMap((one) => externalIdentifier(one, DOCUMENT_ENTRY.patientId)?.value ?? []);
    const ins = patientIds.map((value) => parseCx(value).id).find((id) => id !== '');
    return { documentIds, ...(ins === undefined ? {} : { ins }) };
  } catch {
    // Attribution is a help, the checks judge the archive: whatever is wrong with it will be a finding there.
    return { documentIds: [] };
  }
}

function zipOf(mail: Mail): Uint8Array | undefined {
  const zip = mail.attachments.find(
    (part) => part.contentType?.type === 'application/zip' || /\.zip$/iu.test(part.fileName ?? ''),
  );
  return zip?.content;
}
