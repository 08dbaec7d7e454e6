import { headers, readAddresses, readMail } from '#formats/mail/index.ts';
import { MAIL_FROM_SITUATIONS } from '../situations.ts';
import { takeSituation } from '../take-situation.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import type { SmtpRefusal } from './recipient.ts';

/** Judges MAIL FROM: it must be the mailbox that logged in (protocols.md §5.2). */
export function judgeEnvelopeSender(
  desk: MssanteDesk,
  mailbox: MailboxEntry,
  address: string,
): SmtpRefusal | undefined {
  if (takeSituation(desk, mailbox.address, MAIL_FROM_SITUATIONS) !== undefined) {
    return { code: 421, text: 'Service not available, try again later', why: 'service occupé (situation)' };
  }
  if (address.toLowerCase() === mailbox.address.toLowerCase()) return undefined;
  return {
    code: 553,
    text: 'Sender address not owned by the authenticated user',
    why: `expéditeur « ${address} » différent de la boîte authentifiée ${mailbox.address}`,
  };
}

/** Judges the From of the mail itself, at the end of DATA: same mailbox, once. */
export function judgeHeaderSender(source: Uint8Array, mailbox: MailboxEntry): SmtpRefusal | undefined {
  const reading = readMail(source);
  if (!reading.ok) return { code: 550, text: 'Malformed message', why: `mail illisible : ${reading.fault.message}` };
  const fields = headers(reading.mail, 'From');
  const addresses = fields.flatMap((field) => readAddresses(field)).map((one) => one.address.toLowerCase());
  if (fields.length === 1 && addresses.length === 1 && addresses[0] === mailbox.address.toLowerCase()) return undefined;
  const seen = addresses.length === 0 ? 'absent' : addresses.join(', ');
  return {
    code: 550,
    text: 'Header From does not match the authenticated mailbox',
    why: `en-tête From (${seen}) différent de la boîte authentifiée ${mailbox.address}`,
  };
}
