export { checkInsiAnswer } from './answer-check.ts';
export { heldTraitsOf, readInsiAnswer, readInsiResponse } from './answer.ts';
export type {
  CallTrace,
  CarriedIdentity,
  ChangeCase,
  DiffusionCase,
  ExpectedTrace,
  FailureCase,
  FeedCase,
  FlagCase,
  IdentityTrace,
  PartnerCase,
  PartnerIdentity,
  SeenCall,
  SentMessage,
  Task,
  TransmissionCase,
  VerificationCase,
} from './cases.ts';
export { checkDiffusion, checkNotTransmitted } from './diffusion.ts';
export { checkInsiFailure } from './failure.ts';
export { checkIdentityState, isAlertUnread } from './identity.ts';
export {
  checkFlaggedIdentity,
  checkLockedTraits,
  checkNoInsiCall,
  checkOrdinaryChange,
  checkSuperUserChange,
} from './lifecycle.ts';
export { checkListedIdentity } from './list.ts';
export type { ListedIdentity } from './list.ts';
export { checkIdentityFeed, checkPartnerIdentity, checkVerification } from './partner.ts';
export { checkInsiRequest } from './request.ts';
export { RULES } from './rules.ts';
export { CALL_RULES } from './rules/call.ts';
export { DIFFUSION_RULES, FAILURE_RULES, TRANSMISSION_RULES } from './rules/diffusion.ts';
export { ANSWER_RULES, LIST_RULES } from './rules/file.ts';
export { CHANGE_RULES, FLAG_RULES, LOCK_RULES } from './rules/lifecycle.ts';
export { FEED_RULES, PARTNER_RULES, VERIFICATION_RULES } from './rules/partner.ts';
export { SERVER_RULES } from './rules/server.ts';
export { STATE_RULES } from './rules/state.ts';
export { CALL_TRACE_RULES, IDENTITY_TRACE_RULES } from './rules/traces.ts';
export { VALUE_RULES } from './rules/value.ts';
export { checkInsiExchanges, checkInsiRequests } from './sequence.ts';
export { checkRefusedServer, type BadServer } from './server.ts';
export { traitsText } from './state-text.ts';
export { checkCallTraces, checkIdentityTraces } from './traces.ts';
export type {
  CardContent,
  HeldTraits,
  IdentityContext,
  IdentityState,
  IdentityStatus,
  InsiAnswer,
  InsiOperation,
  InsiOptions,
  InsiRequest,
  InsiTraits,
  InsNumber,
  SentIdentity,
  VerificationResult,
} from './types.ts';
export { BENCH_OIDS, checkInsValue, PRODUCTION_OIDS } from './value.ts';
