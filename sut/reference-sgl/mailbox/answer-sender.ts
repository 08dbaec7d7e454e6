import { composeIntegrationError, composeReceipt, type OwnMailbox, submit } from '../mssante/index.ts';
import type { Integration } from './integrate.ts';
import { bytesOf, type ReadMail } from './read-mail.ts';
import type { MailActsDeps } from './acts.ts';

/**
 * Tells who sent documents what became of them: by the read report that he asked for, else by an ordinary mail when they
 * were not integrated. Nothing goes elsewhere than to the address that wrote (RFC 8098 §2.1).
 */
export async function answerSender(
  read: ReadMail,
  raw: Buffer,
  { error }: Integration,
  box: OwnMailbox,
  user: string,
  { config, faults, desk, onError }: Pick<MailActsDeps, 'config' | 'faults' | 'desk' | 'onError'>,
): Promise<void> {
  const asked = read.receiptTo?.toLowerCase() === read.from.address.toLowerCase();
  if (read.from.address === '' || (!asked && !error)) return;
  if (faults.has('mss-accuse-non-rendu') || (error && faults.has('mss-erreur-integration-tue'))) return;
  const answered = {
    messageId: read.messageId,
    references: read.references,
    subject: read.subject,
    raw,
    attachments: read.attachments.map((attachment) => ({
      name: attachment.filename ?? 'piece-jointe',
      type: attachment.mimeType,
      content: bytesOf(attachment),
    })),
  };
  try {
    const disposition = { type: 'processed', byHand: false, ...(error && { error }) } as const;
    const mail =
      asked || !error
        ? await composeReceipt(answered, read.from.address, disposition, box, config, faults)
        : await composeIntegrationError(answered, read.from.address, error, box, config, faults);
    await submit(mail, box, config, faults, desk.tell(box, user));
  } catch (failure) {
    // What was received is kept, whatever became of the answer.
    onError(failure);
  }
}
