export { startMssante } from './start.ts';
export { PATIENT_DOMAIN } from './mailboxes.ts';
export { MSSANTE_SITUATIONS } from './situations.ts';
export type { DeliveredMail, MailboxEntry, MssanteOptions, RunningMssante, TokenVerdict } from './types.ts';
