export { checkIdentityMessage, checkMessage, checkPid, checkPidSegment, MESSAGE_RULES, RULES } from './check.ts';
export { carriesResults, checkResults, RESULT_RULES } from './results/index.ts';
export { carriesDocuments, checkDelivery, DELIVERY_RULES, DOCUMENT_RULES, documentsOf } from './documents/index.ts';
export type { AskedDelivery, DeliveryCase, DocumentOptions } from './documents/index.ts';
export { readMessageIdentity } from './identity.ts';
export { checkControlIds, checkPropagation, checkToldState, repeatedControlIds, SET_RULES } from './set.ts';
export type { NamedMessage, PropagationCase } from './set.ts';
export type { ExpectedIdentity, Hl7Options, MessageIdentity, PidIdentifier } from './types.ts';
