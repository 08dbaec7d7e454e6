export { createMailDesk, type MailDesk } from './desk.ts';
export { createMailActs, type MailActs } from './acts.ts';
export { createMailBook, type MailBook } from './book.ts';
export { createMailJournal, type MailJournal } from './journal.ts';
export { createMailRefusals, heldMail, type MailRefusals, type Towards } from './refusals.ts';
export type { Mail, MailKind, MailReceipt, MailTrace, ReceivedDocument } from './types.ts';
