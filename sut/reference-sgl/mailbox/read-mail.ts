import PostalMime, { type Attachment, type Email } from 'postal-mime';
import type { MailKind, MailReceipt } from './types.ts';

/** A mail received, as this system understands it. */
export interface ReadMail {
  readonly kind: MailKind;
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly references: readonly string[];
  /** Message-ID of the mails that it may be about, the likeliest first. */
  readonly about: readonly string[];
  /** What it reports about a mail that we sent. */
  readonly receipts: readonly Omit<MailReceipt, 'at'>[];
  /** Address to which a read report is asked, if any. */
  readonly receiptTo?: string;
  readonly archives: readonly Buffer[];
  readonly attachments: readonly Attachment[];
}

const MAX_TEXT = 100_000;
const ROBOT = /^(mailer-daemon|postmaster)@/i;
const UNDELIVERED = /undeliver|returned to sender|delivery (status|failure)|non[ -]?(remis|distribu|d[ée]livr)/i;
const INTEGRATION = /^\s*\[(?:KO Int[ée]gration|Erreur d['’]int[ée]gration)[^\]]*\]\s*(?:\[(\d{3})\])?/i;

/**
 * Reads a mail and says what it is: a report of delivery (RFC 3464) or of reading (RFC 8098), a failure whatever its
 * form, documents, or a message. Nothing in it is trusted; a mail that is no mail is a message without words.
 */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true }).catch(() => undefined);
  const header = (name: string): string => mail?.headers.find(({ key }) => key === name)?.value.trim() ?? '';
  const from = mail?.from;
  const attachments = mail?.attachments ?? [];
  const archives = attachments.filter(isArchive).map(bytesOf);
  const subject = (mail?.subject ?? '').slice(0, 1_000);
  const text = textOf(mail);
  const references = ids(header('references'));
  const common = {
    messageId: ids(header('message-id'))[0] ?? '',
    from: { name: (from?.name ?? '').slice(0, 200), address: (from?.address ?? '').slice(0, 254) },
    to: (mail?.to ?? []).flatMap(({ address }) => address ?? []).slice(0, 100),
    subject,
    text,
    references,
    archives,
    attachments,
  };
  const cited = [...ids(header('in-reply-to')), ...references.toReversed()];
  const delivery = part(attachments, 'message/delivery-status');
  if (delivery !== undefined) {
    const receipts = deliveryReceipts(delivery);
    const failed = receipts.some(({ kind }) => kind === 'echec');
    const about = [...envelopeId(delivery), ...returned(attachments), ...cited];
    return { ...common, kind: failed ? 'echec' : 'accuse-reception', about, receipts };
  }
  const disposition = part(attachments, 'message/disposition-notification');
  if (disposition !== undefined) {
    const receipt = readReceipt(disposition);
    const about = [...ids(field(disposition, 'Original-Message-ID')), ...returned(attachments), ...cited];
    return { ...common, kind: receipt.kind === 'echec' ? 'echec' : 'accuse-lecture', about, receipts: [receipt] };
  }
  const code = INTEGRATION.exec(subject);
  if (code) {
    const detail = `${subject}. ${text}`.slice(0, 500).trim();
    return { ...common, kind: 'echec', about: [...cited, ...ids(text)], receipts: [{ kind: 'echec', detail }] };
  }
  if (ROBOT.test(common.from.address) || UNDELIVERED.test(subject)) {
    const detail = `${subject}. ${text}`.slice(0, 500).trim();
    const about = [...cited, ...returned(attachments), ...ids(text)];
    return { ...common, kind: 'echec', about, receipts: [{ kind: 'echec', detail }] };
  }
  const receiptTo = /[^\s<>"]+@[^\s<>"]+/.exec(header('disposition-notification-to'))?.[0];
  const kind = archives.length > 0 ? 'document' : 'message';
  return { ...common, kind, about: cited, receipts: [], ...(receiptTo !== undefined && { receiptTo }) };
}

/** Header of a mail, bounded. */
export function headOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return raw.subarray(0, Math.min(end < 0 ? raw.length : end + 4, 65_536));
}

/** Addresses that a text names, each once: who did not get a mail, in a failure that gives no Message-ID. */
export function addressesIn(text: string): readonly string[] {
  return [...new Set(text.slice(0, 20_000).match(/[\w.%+-]{1,64}@[\w.-]{1,190}\w/g) ?? [])].slice(0, 100);
}

function deliveryReceipts(status: string): Omit<MailReceipt, 'at'>[] {
  return status
    .split(/\r?\n\r?\n/)
    .filter((group) => field(group, 'Action') !== '')
    .slice(0, 100)
    .map((group) => {
      const action = field(group, 'Action').toLowerCase();
      const recipient = field(group, 'Final-Recipient').replace(/^rfc822;\s*/i, '');
      const why = [field(group, 'Status'), field(group, 'Diagnostic-Code')].filter((one) => one !== '').join(', ');
      const about = recipient === '' ? {} : { recipient: recipient.slice(0, 254) };
      if (action === 'failed') return { kind: 'echec', ...about, detail: `Message non remis (${why}).`.slice(0, 500) };
      const detail = action === 'delayed' ? `Remise retardée (${why}).` : 'Message remis au destinataire.';
      return { kind: 'reception', ...about, detail: detail.slice(0, 500) };
    });
}

function readReceipt(notification: string): Omit<MailReceipt, 'at'> {
  const disposition = field(notification, 'Disposition');
  const recipient = field(notification, 'Final-Recipient')
    .replace(/^rfc822;\s*/i, '')
    .slice(0, 254);
  const about = recipient === '' ? {} : { recipient };
  const error = /\/\s*error\b:?\s*(.*)$/i.exec(disposition);
  const why = (error?.[1] ?? '').trim() || field(notification, 'Error');
  if (error)
    return { kind: 'echec', ...about, detail: `Document non intégré par le destinataire : ${why}`.slice(0, 500) };
  if (/\bdeleted\b/i.test(disposition))
    return { kind: 'lecture', ...about, detail: 'Message supprimé sans être affiché.' };
  const detail = /\bprocessed\b/i.test(disposition)
    ? 'Message traité par le destinataire.'
    : 'Message lu par le destinataire.';
  return { kind: 'lecture', ...about, detail };
}

/** Our Message-ID, which we gave as identifier of the envelope (RFC 3461). */
function envelopeId(status: string): string[] {
  const id = field(status, 'Original-Envelope-Id');
  return id === '' ? [] : [id.startsWith('<') ? id : `<${id}>`];
}

/** Message-ID of the mail that came back, whole or its headers alone. */
function returned(attachments: readonly Attachment[]): readonly string[] {
  const back = part(attachments, 'message/rfc822') ?? part(attachments, 'text/rfc822-headers') ?? '';
  return ids(field(back.split(/\r?\n\r?\n/, 1)[0] ?? '', 'Message-ID'));
}

/** Value of a field of a group of header lines, unfolded. */
function field(group: string, name: string): string {
  const value = new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(group)?.[1] ?? '';
  return value.replaceAll(/\r?\n[ \t]+/g, ' ').trim();
}

function part(attachments: readonly Attachment[], type: string): string | undefined {
  const found = attachments.find(({ mimeType }) => mimeType.toLowerCase() === type);
  return (
    found &&
    bytesOf(found)
      .subarray(0, 256 * 1024)
      .toString('utf8')
  );
}

function ids(text: string): string[] {
  return (text.match(/<[^<>\s@]{1,400}@[^<>\s@]{1,250}>/g) ?? []).slice(0, 200);
}

function isArchive(attachment: Attachment): boolean {
  const { mimeType, filename } = attachment;
  return /^application\/(x-)?zip/i.test(mimeType) || /\.zip$/i.test(filename ?? '');
}

export function bytesOf({ content }: Attachment): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content as ArrayBuffer);
}

function textOf(mail: Email | undefined): string {
  const text = mail?.text ?? (mail?.html ?? '').replaceAll(/<[^>]*>/g, ' ');
  return text.slice(0, MAX_TEXT).trim();
}
