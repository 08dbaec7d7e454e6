export { INCOMING_KINDS, INCOMING_VARIANTS, variantsOf } from './data.ts';
export { mailboxOf, makeIncoming } from './make-incoming.ts';
export type { IncomingKind, IncomingMail, IncomingOrder } from './types.ts';
