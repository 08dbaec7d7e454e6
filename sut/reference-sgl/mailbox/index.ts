export { createMailDesk, type MailDesk } from './desk.ts';
export { createMailActs } from './acts.ts';
export type { MailActs } from './acts-types.ts';
export { createMailBook, type MailBook, shownMails } from './book.ts';
export { createMailJournal, type MailJournal } from './journal.ts';
export { createMailRefusals, heldMail, type MailRefusals, type Towards } from './refusals.ts';
export type { Mail, MailKind, MailReceipt, MailTrace, ReceivedDocument } from './types.ts';
