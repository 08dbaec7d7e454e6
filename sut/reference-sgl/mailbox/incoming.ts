import { createHash } from 'node:crypto';
import type { Patients } from '../identity/index.ts';
import type { OwnMailbox } from '../mssante/index.ts';
import type { MailActsDeps } from './acts-types.ts';
import { answerSender, receiptAsked } from './answer-sender.ts';
import { shownSubject } from './desk.ts';
import type { ReceivedDocuments } from './integrate.ts';
import { addressesIn, headOf, type ReadMail, readMail } from './read-mail.ts';
import type { Mail } from './types.ts';

/** Deals with one mail read in a mailbox. Gives false when it was dealt with before. */
export type TakeMail = (raw: Buffer, box: OwnMailbox, uid: Mail['uid'], user: string) => Promise<boolean>;

/** @param patientDomain domain of Mon espace santé, with its `@`, lower case */
export function createIncoming(deps: MailActsDeps, received: ReceivedDocuments, patientDomain: string): TakeMail {
  const { faults, now, patients, book } = deps;

  const take: TakeMail = async (raw, box, uid, user) => {
    const read = await readMail(raw);
    const fallback = `<${createHash('sha256').update(raw).digest('hex').slice(0, 40)}@sans-message-id.invalid>`;
    const messageId = read.messageId === '' ? fallback : read.messageId;
    if (book.knows(box.address, messageId) && !faults.has('mss-integre-deux-fois')) return false;
    const about =
      read.about.find((id) => book.find(id) !== undefined) ??
      (read.kind === 'echec' ? book.lastSentTo(addressesIn(read.text))?.messageId : undefined) ??
      read.about[0];
    for (const receipt of read.receipts) {
      if (about !== undefined && !faults.has('mss-accuse-non-montre')) book.receipt(about, { ...receipt, at: now() });
    }
    const integration =
      read.kind === 'document'
        ? await received.receive(read.archives, { messageId, from: read.from.address, subject: read.subject })
        : undefined;
    const sender = senderOf(read);
    const writer = sender === 'patient' ? patientAt(read.from.address) : undefined;
    const patientId = integration?.patientId ?? writer?.id;
    book.add({
      mailbox: box.address,
      messageId,
      direction: 'recu',
      kind: read.kind,
      from: nameOf(read, writer),
      address: read.from.address,
      to: [...read.to],
      subject: faults.has('mss-prefixe-affiche') ? read.subject : shownSubject(read.subject),
      text: read.text,
      at: now(),
      references: [...read.references],
      sender,
      receipts: [],
      ...(uid && { uid }),
      ...(about !== undefined && { about }),
      ...(patientId !== undefined && { patientId }),
      ...(integration && { documents: [...integration.documents] }),
      ...(read.kind === 'message' && receiptAsked(read) && { receiptAsked: { head: headOf(raw) } }),
    });
    if (integration) await answerSender({ ...read, messageId }, raw, integration, box, user, deps);
    return true;
  };

  const senderOf = ({ from: { address }, receipts }: ReadMail): NonNullable<Mail['sender']> => {
    if (faults.has('mss-expediteur-non-distingue')) return 'professionnel';
    if (address.toLowerCase().endsWith(patientDomain)) return 'patient';
    return receipts.length > 0 || /^(mailer-daemon|postmaster)@/i.test(address) ? 'operateur' : 'professionnel';
  };
  const patientAt = (address: string): ReturnType<Patients['list']>[number] | undefined => {
    const matricule = address.split('@')[0]?.toUpperCase();
    return patients.list().find(({ ins, mergedInto }) => ins?.matricule === matricule && !mergedInto);
  };
  /** A patient is shown by his name, never by his number (SC.MSS/UX.31). */
  const nameOf = ({ from }: ReadMail, patient: ReturnType<typeof patientAt>): string => {
    if (patient && !faults.has('mss-adresse-patient-montree')) {
      return `${patient.traits.birthName} ${patient.traits.firstNames[0] ?? ''}`.trim();
    }
    return from.name === '' ? from.address : from.name;
  };

  return take;
}
