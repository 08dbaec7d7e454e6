import type { Mailbox, MssanteAddresses, RunningService, ServiceContext } from '../types.ts';
import type { MailboxDirectory } from './mailboxes.ts';
import type { MailStore } from './mail-store.ts';
import type { IncomingOrder } from './answers/incoming/index.ts';

/** A mailbox of the bench with who stands behind it. */
export interface MailboxEntry extends Mailbox {
  /** National id of the professional (`PER`). */
  readonly professional?: string;
  /** Struct_IdNat (`ORG`, `APP`), which lets the professionals of the structure in. */
  readonly structure?: string;
  /** Key of the patient and INS (`USAGER`). */
  readonly patient?: string;
  readonly ins?: string;
}

/** A mail as it stands in a mailbox: the very bytes of DATA. */
export interface DeliveredMail {
  readonly mailbox: string;
  readonly from: string;
  readonly to: readonly string[];
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly source: Uint8Array;
  /** Exchange that carried it; absent when the bench itself dropped the mail in. */
  readonly exchangeId?: string;
}

/** A mail of an INBOX, with what its reader made of it. */
export interface InboxMail {
  readonly source: Uint8Array;
  readonly flags: ReadonlySet<string>;
}

/** Answer of the token hook: whose token it is, or the French reason of the refusal. */
export type TokenVerdict = { readonly professional: string } | { readonly refused: string };

export interface MssanteOptions {
  /** Judges the access token of an XOAUTH2 login (Pro Santé Connect). Absent: XOAUTH2 always fails. */
  readonly verifyToken?: (accessToken: string) => Promise<TokenVerdict>;
  /**
   * `required` (default): a certificate of the test IGC-Santé is needed, as for an application mailbox.
   * `requested`: it may be absent, as at an operator that opens personal mailboxes with XOAUTH2 alone; a bad one is
   * refused all the same.
   */
  readonly clientCertificate?: 'required' | 'requested';
  /** Opens two ports for each operator of `personalities/`; false when absent. */
  readonly personalities?: boolean;
  /** Largest mail accepted, bytes. 10 MB by default (protocols.md §5.3, operator limit). */
  readonly maxBytes?: number;
}

export interface RunningMssante extends RunningService<MssanteAddresses> {
  /** Mails of a mailbox, oldest first; the address compares without case. */
  delivered(mailbox: string): readonly DeliveredMail[];
  /** What stands now in the INBOX of a mailbox, as its next IMAP session would see it. @throws {BenchError} `UNKNOWN_MAILBOX` */
  inbox(mailbox: string): readonly InboxMail[];
  /**
   * Drops a mail in a mailbox as a correspondent would: reply, receipt, bounce.
   * @param source full mail, CRLF line ends
   * @throws {BenchError} `UNKNOWN_MAILBOX`
   */
  deposit(mailbox: string, source: Uint8Array): void;
  /**
   * Makes the mail of a correspondent and drops it in the mailbox of the product.
   * @returns its Message-ID, `<…@…>`
   * @throws {BenchError} `UNKNOWN_MAILBOX`, `UNKNOWN_PATIENT`, `BAD_MAIL_ORDER`
   */
  receive(order: IncomingOrder): Promise<string>;
}

/** Everything the two listeners share. */
export interface MssanteDesk {
  readonly context: ServiceContext;
  readonly domain: string;
  readonly directory: MailboxDirectory;
  readonly store: MailStore;
  readonly verifyToken: (accessToken: string) => Promise<TokenVerdict>;
  readonly clientCertificate: 'required' | 'requested';
  readonly maxBytes: number;
}
