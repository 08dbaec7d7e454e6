export { startMssante } from './start.ts';
export { PATIENT_DOMAIN } from './mailboxes.ts';
export { MSSANTE_SITUATIONS } from './situations.ts';
export type { DeliveredMail, InboxMail, MailboxEntry, MssanteOptions, RunningMssante, TokenVerdict } from './types.ts';
export { writePdf } from './answers/incoming/pdf.ts';
export { INCOMING_KINDS, INCOMING_VARIANTS, variantsOf } from './answers/incoming/index.ts';
export type { IncomingKind, IncomingOrder } from './answers/incoming/index.ts';
