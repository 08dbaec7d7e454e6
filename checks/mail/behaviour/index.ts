export { checkAnswerGiven, type AnswerSeen } from './answers.ts';
export { checkIntegration, checkOnce, checkShown, checkUnknownPatient, checkUnsound } from './integration.ts';
export { checkDeleted, checkSeen, type HeldMail } from './mailbox.ts';
export { checkFailureShown, checkReceiptShown, checkRefusalShown } from './receipts.ts';
export { checkRetry, type RetrySeen } from './retries.ts';
export { RULES } from './rules.ts';
export { checkMailScreen, type MailShown, type WriterKnown } from './screen.ts';
export { checkMailTraces } from './traces.ts';
export type { DocumentShown, MailTraceShown, ReceiptShown, SeenAction } from './types.ts';
