import type { Patients, SettingsBook, Worklist } from '../identity/index.ts';
import type { SglConfig } from '../model/index.ts';
import type { Schedule } from '../outbox/index.ts';
import type { MailBook } from './book.ts';
import type { MailDesk } from './desk.ts';
import type { KeptDocument } from './integrate.ts';
import type { MailRefusals } from './refusals.ts';

export interface MailOrder {
  mailbox?: string;
  to?: readonly string[];
  patientId?: string;
  subject: string;
  text: string;
  html?: boolean;
  deliveryReceipt?: boolean;
  readReceipt?: boolean;
  noReply?: boolean;
}

/** What a person does with the mailboxes. Refusals and failures say what to do. */
export interface MailActs {
  send(order: MailOrder, user: string): Promise<{ messageId: string; message: string }>;
  reply(order: { messageId: string; text: string }, user: string): Promise<{ messageId: string; message: string }>;
  fetch(mailbox: string | undefined, user: string): Promise<{ received: number; message: string }>;
  /** A person reads a mail received: the read report that its sender asked for leaves (RFC 8098), once. */
  open(messageId: string, user: string): Promise<{ message: string }>;
  remove(messageId: string, user: string): Promise<{ message: string }>;
  /** Documents received by mail, of one patient or all. */
  documents(patientId?: string): readonly KeptDocument[];
  stop(): void;
}

export interface MailActsDeps {
  config: SglConfig;
  faults: ReadonlySet<string>;
  now: () => Date;
  schedule: Schedule;
  patients: Patients;
  settings: SettingsBook;
  worklist: Worklist;
  book: MailBook;
  desk: MailDesk;
  refusals: MailRefusals;
  onError: (error: unknown) => void;
}
