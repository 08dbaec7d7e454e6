export { checkIdentityMessage, checkPid, checkPidSegment, MESSAGE_RULES, RULES } from './check.ts';
export { readMessageIdentity } from './identity.ts';
export { checkControlIds, checkPropagation, checkToldState, repeatedControlIds, SET_RULES } from './set.ts';
export type { NamedMessage, PropagationCase } from './set.ts';
export type { ExpectedIdentity, Hl7Options, MessageIdentity, PidIdentifier } from './types.ts';
