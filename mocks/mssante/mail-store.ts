import { createSourceKeeper, type KeeperLimits, type KeptSource } from './mail-store-sources.ts';
import type { DeliveredMail } from './types.ts';

/** A mail of a mailbox, and where its bytes are. */
export interface StoredMail extends DeliveredMail {
  readonly kept: KeptSource;
}

/** Mails of every mailbox, and those who want to know of a new one (the IMAP side). */
export interface MailStore {
  /**
   * Puts a mail in a mailbox. Its bytes leave the memory when there are many: `source` of what is listed reads them back.
   * @throws {BenchError} `MAILS_FULL`, `MAILS_UNWRITABLE`
   */
  deliver(mail: DeliveredMail): void;
  /** Mails of a mailbox, oldest first; also those that a product deleted since. */
  list(mailbox: string): readonly StoredMail[];
  /** Called at each delivery. */
  onDelivery(listener: (mail: StoredMail) => void): void;
  /** Keeps bytes beside the mails delivered: what a product appends to a folder. */
  keep(source: Uint8Array): KeptSource;
  clear(): void;
  /** Gives the disk back; nothing can be read afterwards. */
  close(): void;
}

export function createMailStore(limits: KeeperLimits = {}): MailStore {
  const sources = createSourceKeeper(limits);
  const byMailbox = new Map<string, StoredMail[]>();
  const listeners: ((mail: StoredMail) => void)[] = [];
  // One mail to several recipients comes once per recipient, with the same bytes: they are kept once.
  let keptOf = new WeakMap<Uint8Array, KeptSource>();
  const keep = (source: Uint8Array): KeptSource => {
    const known = keptOf.get(source);
    if (known !== undefined) return known;
    const kept = sources.keep(source);
    keptOf.set(source, kept);
    return kept;
  };
  return {
    deliver({ mailbox, from, to, receivedAt, source, exchangeId }) {
      const kept = keep(source);
      const mail: StoredMail = {
        mailbox,
        from,
        to,
        receivedAt,
        ...(exchangeId === undefined ? {} : { exchangeId }),
        kept,
        get source() {
          return new Uint8Array(kept.read());
        },
      };
      const key = mailbox.toLowerCase();
      const mails = byMailbox.get(key);
      if (mails === undefined) byMailbox.set(key, [mail]);
      else mails.push(mail);
      for (const listener of listeners) listener(mail);
    },
    list: (mailbox) => [...(byMailbox.get(mailbox.toLowerCase()) ?? [])],
    onDelivery(listener) {
      listeners.push(listener);
    },
    keep,
    clear() {
      byMailbox.clear();
      keptOf = new WeakMap();
      sources.clear();
    },
    close() {
      byMailbox.clear();
      sources.close();
    },
  };
}
