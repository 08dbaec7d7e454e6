export { createMailBook, type MailBook } from './book.ts';
export { createMailJournal, type MailJournal } from './journal.ts';
export { createMailRefusals, type MailRefusals, type Towards } from './refusals.ts';
export type { Mail, MailKind, MailReceipt, MailTrace, ReceivedDocument } from './types.ts';
