import type { StoredMail } from '../../mail-store.ts';
import type { MailboxEntry, MssanteDesk } from '../../types.ts';
import { Account } from './account.ts';

/** The accounts of the operator, made when they are first opened. */
export interface Accounts {
  of(mailbox: MailboxEntry): Account;
  /** Everything is empty again, under other UIDVALIDITYs. */
  clear(): void;
}

/**
 * Makes the accounts on top of the mail store: what is delivered goes to INBOX, as it arrives.
 * UIDVALIDITY comes from the clock, and grows at each use, so that nothing a client remembers from before a start or a
 * reset looks current (RFC 3501 §2.3.1.1).
 */
export function makeAccounts(desk: MssanteDesk): Accounts {
  const accounts = new Map<string, Account>();
  let last = 0;
  const nextUidValidity = (): number => {
    last = Math.max(last + 1, Math.floor(desk.context.now().getTime() / 1000));
    return last;
  };
  const put = (account: Account, mails: readonly StoredMail[]): void => {
    account.inbox.add(mails.map((mail) => ({ internalDate: new Date(mail.receivedAt), source: mail.kept })));
  };
  desk.store.onDelivery((mail) => {
    const account = accounts.get(mail.mailbox.toLowerCase());
    if (account !== undefined) put(account, [mail]);
  });
  return {
    of(mailbox) {
      const key = mailbox.address.toLowerCase();
      const known = accounts.get(key);
      if (known !== undefined) return known;
      const made = new Account(nextUidValidity);
      put(made, desk.store.list(key));
      accounts.set(key, made);
      return made;
    },
    clear() {
      accounts.clear();
    },
  };
}
