import {
  type Answered,
  composeIntegrationError,
  composeReceipt,
  type Disposition,
  type OwnMailbox,
  submit,
} from '../mssante/index.ts';
import type { MailActsDeps } from './acts-types.ts';
import type { Integration } from './integrate.ts';
import { bytesOf, type ReadMail } from './read-mail.ts';
import type { Mail } from './types.ts';

type Deps = Pick<MailActsDeps, 'config' | 'faults' | 'desk' | 'onError'>;

/** Whether a read report is asked for by who wrote: nothing goes elsewhere than to him (RFC 8098 §2.1). */
export function receiptAsked({ receiptTo, from }: ReadMail): boolean {
  return from.address !== '' && receiptTo?.toLowerCase() === from.address.toLowerCase();
}

/**
 * Tells who sent documents what became of them: by the read report that he asked for, else by an ordinary mail when they
 * were not integrated.
 */
export async function answerSender(
  read: ReadMail,
  raw: Buffer,
  { error }: Integration,
  box: OwnMailbox,
  user: string,
  deps: Deps,
): Promise<void> {
  const asked = receiptAsked(read);
  if (read.from.address === '' || (!asked && !error)) return;
  if (error && deps.faults.has('mss-erreur-integration-tue')) return;
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
  await give(answered, read.from.address, { type: 'processed', byHand: false, ...(error && { error }) }, asked, {
    box,
    user,
    deps,
  });
}

/** The read report of a mail that a person opened, if its sender asked for one and was not told yet. */
export async function giveReadReceipt(mail: Mail, box: OwnMailbox, user: string, deps: Deps): Promise<boolean> {
  const { messageId, references, subject, address, receiptAsked: asked } = mail;
  if (!asked) return false;
  delete mail.receiptAsked;
  const answered = { messageId, references, subject, raw: asked.head, attachments: [] };
  return await give(answered, address, { type: 'displayed', byHand: true }, true, { box, user, deps });
}

async function give(
  answered: Answered,
  to: string,
  disposition: Disposition,
  asked: boolean,
  { box, user, deps }: { readonly box: OwnMailbox; readonly user: string; readonly deps: Deps },
): Promise<boolean> {
  const { config, faults, desk, onError } = deps;
  const { error } = disposition;
  if (faults.has('mss-accuse-non-rendu')) return false;
  try {
    const mail =
      asked || !error
        ? await composeReceipt(answered, to, disposition, box, config, faults)
        : await composeIntegrationError(answered, to, error, box, config, faults);
    const { state } = await submit(mail, box, config, faults, desk.tell(box, user));
    return state === 'transmis';
  } catch (failure) {
    // What was received is kept, whatever became of the answer.
    onError(failure);
    return false;
  }
}
