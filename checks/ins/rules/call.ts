import type { Rule } from '#dsr/verdict/index.ts';
import { AUTHENTICATION_RULES } from './authentication.ts';
import { MESSAGE_RULES } from './message.ts';
import { SEARCH_RULES } from './search.ts';
import { VERIFICATION_REQUEST_RULES } from './verification-request.ts';

/** What the product sends to INSi: transport, headers, searches, authentication (protocols.md §1.1 to §1.6, A1 to A6). */
export const CALL_RULES = [
  ...MESSAGE_RULES,
  ...SEARCH_RULES,
  ...VERIFICATION_REQUEST_RULES,
  ...AUTHENTICATION_RULES,
] as const satisfies readonly Rule[];
