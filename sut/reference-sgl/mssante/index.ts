import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/index.ts';
import { buildArchive } from './archive.ts';
import { besidesOf } from './besides.ts';
import { composeLetter, deletionNotice, type Letter } from './letters.ts';
import { composeMail, type MailTerms, newMessageId, type Recipient, writeMail } from './mail.ts';
import { type OwnMailbox, ownMailboxes } from './mailboxes.ts';
import type { Outgoing, Tell } from './smtp.ts';
import { type Delivery, submit } from './transport.ts';

export { LinkError, MailLink } from './link.ts';
export { automaticMention, REPLACES, type MailTerms, type Recipient } from './mail.ts';
export { type Answered, composeIntegrationError, composeReceipt, type Disposition } from './receipt.ts';
export { submit } from './transport.ts';
export { mailboxOf, ownMailboxes, type OwnMailbox } from './mailboxes.ts';
export { responseOf, revocationChecked, type Tell, xoauth2 } from './smtp.ts';
export { explainTls, implicitPort, tlsOptions } from './tls.ts';
export type { Letter };

/** A mail that was tried, as a person looks it up afterwards. */
export interface SentMail {
  readonly box: OwnMailbox;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

/** A mail as it was written: what a new try hands over again, byte for byte (RFC 5322 §3.6.4). */
export interface WrittenMail {
  readonly outgoing: Outgoing;
  readonly sent: SentMail;
}

export type ReportDelivery = Delivery & {
  readonly messageId: string;
  readonly sent?: SentMail;
  /** For the next try. */
  readonly written?: WrittenMail;
};

/** What is sent about a report, when it is not the report itself. */
export interface ReportOrder extends MailTerms {
  /** The report is deleted: the recipient is told so. */
  readonly deleted?: { readonly reason?: string };
  readonly tell?: Tell;
  /** The mail of a former try that the server could not take. */
  readonly written?: WrittenMail;
}

/**
 * Sends a report by MSSanté to one recipient: one mail, one patient, IHE_XDM.ZIP with the CDA N3 and the PDF beside it;
 * or the notice that it is deleted. Nothing is sent to a patient whose identity is not qualified (ECO 2.2.6).
 *
 * @param documents N1 is for the DMP only and is not used here; a patient receives the copy made for him, if any
 * @returns `messageId` with its angle brackets, empty when no message was made
 */
export async function sendReport(
  report: Report,
  documents: { n3: BuiltDocument; n1: BuiltDocument; pdf: BuiltDocument; others?: BuiltDocument[] },
  recipient: Recipient,
  config: SglConfig,
  faults: ReadonlySet<string>,
  order: ReportOrder = {},
): Promise<ReportDelivery> {
  const toPatient = recipient.kind === 'patient';
  if (toPatient && shareableIns(report.patient) === undefined && !faults.has('mss-patient-non-qualifie')) {
    const detail = "L'identité du patient n'est pas qualifiée : aucun message ne lui est envoyé.";
    return { state: 'refuse', detail, messageId: '' };
  }
  const [main] = ownMailboxes(config);
  const box = order.box ?? main;
  if (!box) return { state: 'refuse', detail: "Aucune boîte MSSanté n'est configurée.", messageId: '' };
  if (order.deleted) {
    const notice = deletionNotice(report, order.deleted.reason, recipient, order, config);
    return await sendLetter(notice, box, config, faults, order.tell, order.written);
  }
  if (isKept(order.written, faults)) return await deliver(order.written, box, config, faults, order.tell);
  const messageId = newMessageId(config, box);
  const document = copyFor(recipient, documents, faults);
  const { besides, codes } = besidesOf(document, documents.n1, recipient, config, faults);
  const archive = await buildArchive(report, document, config, new Date(), faults, besides);
  const terms = { ...order, box, ...(codes !== undefined && { codes }) };
  const mail = composeMail(report, archive, documents.pdf, recipient, config, messageId, faults, terms);
  const to = [mail.to ?? []].flat().map(String);
  const raw = await writeMail(mail, faults, 'report');
  const asked = !faults.has('mss-sans-accuse');
  const outgoing = { from: box.address, to, raw, messageId, report: asked };
  const sent = { box, to, subject: mail.subject, text: mail.text, messageId };
  return await deliver({ outgoing, sent }, box, config, faults, order.tell);
}

/** The mail of a report: once, but for its fault. */
async function deliver(...how: Parameters<typeof handOver>): Promise<ReportDelivery> {
  const delivery = await handOver(...how);
  const [, , , faults] = how;
  if (delivery.state === 'transmis' && faults.has('mss-envoie-deux-fois')) await handOver(...how);
  return delivery;
}

/**
 * Sends a message without health document.
 *
 * @param written the message of a former try that the server could not take: it leaves as it is
 */
export async function sendLetter(
  letter: Letter,
  box: OwnMailbox,
  config: SglConfig,
  faults: ReadonlySet<string>,
  tell?: Tell,
  written?: WrittenMail,
): Promise<ReportDelivery> {
  if (isKept(written, faults)) return await handOver(written, box, config, faults, tell);
  const messageId = newMessageId(config, box);
  const mail = composeLetter(letter, box, config, messageId, faults);
  const raw = await writeMail(mail, faults, 'message');
  const asked = letter.deliveryReceipt === true && !faults.has('mss-accuse-non-demande');
  const outgoing = { from: box.address, to: letter.to, raw, messageId, report: asked };
  const sent = { box, to: letter.to, subject: letter.subject, text: letter.text, messageId };
  return await handOver({ outgoing, sent }, box, config, faults, tell);
}

function isKept(written: WrittenMail | undefined, faults: ReadonlySet<string>): written is WrittenMail {
  return written !== undefined && !faults.has('mss-reessai-nouvel-identifiant');
}

/** @param box as it is opened now: its token may be another one than at the former try */
async function handOver(
  written: WrittenMail,
  box: OwnMailbox,
  config: SglConfig,
  faults: ReadonlySet<string>,
  tell?: Tell,
): Promise<ReportDelivery> {
  const { outgoing, sent } = written;
  const delivery = await submit(outgoing, box, config, faults, tell);
  return { ...delivery, messageId: outgoing.messageId, sent, written };
}

/** Where there are two copies, the patient receives his, the professionals theirs (DOC/va1.36). */
function copyFor(
  { kind }: Recipient,
  { n3, n1, others = [] }: { n3: BuiltDocument; n1: BuiltDocument; others?: BuiltDocument[] },
  faults: ReadonlySet<string>,
): BuiltDocument {
  if (faults.has('mss-pdf-autre')) return n1;
  if (kind !== 'patient' || faults.has('mss-version-professionnelle-au-patient')) return n3;
  return others.find(({ kind: form, audience }) => form === 'cda-n3' && audience === 'patient') ?? n3;
}
