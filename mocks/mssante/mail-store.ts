import type { DeliveredMail } from './types.ts';

/** Mails of every mailbox, and those who want to know of a new one (the IMAP side). */
export interface MailStore {
  deliver(mail: DeliveredMail): void;
  list(mailbox: string): readonly DeliveredMail[];
  /** Called at each delivery. */
  onDelivery(listener: (mail: DeliveredMail) => void): void;
  clear(): void;
}

export function createMailStore(): MailStore {
  const byMailbox = new Map<string, DeliveredMail[]>();
  const listeners: ((mail: DeliveredMail) => void)[] = [];
  return {
    deliver(mail) {
      const key = mail.mailbox.toLowerCase();
      byMailbox.set(key, [...(byMailbox.get(key) ?? []), mail]);
      for (const listener of listeners) listener(mail);
    },
    list: (mailbox) => byMailbox.get(mailbox.toLowerCase()) ?? [],
    onDelivery(listener) {
      listeners.push(listener);
    },
    clear: () => byMailbox.clear(),
  };
}
