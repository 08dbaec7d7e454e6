export { checkIntegration, checkShown, checkUnknownPatient } from './integration.ts';
export { checkFailureShown, checkReceiptShown } from './receipts.ts';
export { RULES } from './rules.ts';
export { checkMailTraces } from './traces.ts';
export type { DocumentShown, MailTraceShown, ReceiptShown, SeenAction } from './types.ts';
