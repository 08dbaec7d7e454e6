export { readInsiAnswer } from './answer.ts';
export { checkIdentityState } from './identity.ts';
export { checkInsiRequest } from './request.ts';
export { RULES } from './rules.ts';
export { checkInsiExchanges, checkInsiRequests } from './sequence.ts';
export type {
  IdentityContext,
  IdentityState,
  IdentityStatus,
  InsiAnswer,
  InsiOptions,
  InsiRequest,
  InsiTraits,
  InsNumber,
} from './types.ts';
export { BENCH_OIDS, checkInsValue, PRODUCTION_OIDS } from './value.ts';
