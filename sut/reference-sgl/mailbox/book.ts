import type { Mail, MailReceipt } from './types.ts';

/** The mails that this system sent and received, with what came back about them. In memory. */
export interface MailBook {
  /** A mail with the same Message-ID in the same mailbox takes the place of the former one. */
  add(mail: Mail): void;
  find(messageId: string): Mail | undefined;
  /** Some failures name no Message-ID, only who did not get the mail: the last mail to one of these addresses. */
  lastSentTo(addresses: readonly string[]): Mail | undefined;
  /** Whether this very mail was already dealt with, wherever it stands now in the mailbox. */
  knows(mailbox: string, messageId: string): boolean;
  /** What came back about a mail sent; false when we sent no such mail. */
  receipt(messageId: string, receipt: MailReceipt): boolean;
  receiptsOf(messageIds: readonly string[]): readonly MailReceipt[];
  remove(mail: Mail): void;
  list(mailbox?: string): readonly Mail[];
}

const KEPT = 5_000;
/** Reports of one mail: a server gone mad sends no more than this into memory. */
const KEPT_RECEIPTS = 100;

/** The mails that a screen lists: all of them. */
export function shownMails(book: MailBook, faults: ReadonlySet<string>, mailbox?: string): readonly Mail[] {
  const mails = book.list(mailbox);
  return faults.has('mss-courriel-non-montre') ? mails.filter(({ kind }) => kind !== 'message') : mails;
}

export function createMailBook(): MailBook {
  const mails = new Map<string, Mail>();
  const key = ({ mailbox, messageId, direction }: Pick<Mail, 'mailbox' | 'messageId' | 'direction'>): string =>
    `${direction} ${mailbox.toLowerCase()} ${messageId}`;
  const all = (): Mail[] => [...mails.values()];
  return {
    add(mail) {
      mails.delete(key(mail));
      mails.set(key(mail), mail);
      const [oldest] = mails.keys();
      if (mails.size > KEPT && oldest !== undefined) mails.delete(oldest);
    },
    find: (messageId) => all().findLast((mail) => mail.messageId === messageId),
    lastSentTo: (addresses) => {
      const wanted = new Set(addresses.map((one) => one.toLowerCase()));
      return all().findLast(
        ({ direction, to }) => direction === 'emis' && to.some((one) => wanted.has(one.toLowerCase())),
      );
    },
    knows: (mailbox, messageId) => mails.has(key({ mailbox, messageId, direction: 'recu' })),
    receipt(messageId, receipt) {
      const sent = all().find((mail) => mail.direction === 'emis' && mail.messageId === messageId);
      if (sent && sent.receipts.length < KEPT_RECEIPTS) sent.receipts.push(receipt);
      return sent !== undefined;
    },
    receiptsOf: (messageIds) =>
      all()
        .filter((mail) => mail.direction === 'emis' && messageIds.includes(mail.messageId))
        .flatMap((mail) => mail.receipts),
    remove: (mail) => void mails.delete(key(mail)),
    list: (mailbox) =>
      all().filter((mail) => mailbox === undefined || mail.mailbox.toLowerCase() === mailbox.toLowerCase()),
  };
}
