import type { Rule } from '#dsr/verdict/index.ts';
import { CALL_RULES } from './rules/call.ts';
import { DIFFUSION_RULES, FAILURE_RULES, TRANSMISSION_RULES } from './rules/diffusion.ts';
import { ANSWER_RULES, LIST_RULES } from './rules/file.ts';
import { CHANGE_RULES, FLAG_RULES, LOCK_RULES } from './rules/lifecycle.ts';
import { FEED_RULES, PARTNER_RULES, VERIFICATION_RULES } from './rules/partner.ts';
import { SERVER_RULES } from './rules/server.ts';
import { STATE_RULES } from './rules/state.ts';
import { CALL_TRACE_RULES, IDENTITY_TRACE_RULES } from './rules/traces.ts';
import { VALUE_RULES } from './rules/value.ts';

/** Every rule of this folder. A step that applied one subject gives the table of that subject instead. */
export const RULES = [
  ...CALL_RULES,
  ...SERVER_RULES,
  ...VALUE_RULES,
  ...STATE_RULES,
  ...FAILURE_RULES,
  ...FLAG_RULES,
  ...LOCK_RULES,
  ...CHANGE_RULES,
  ...TRANSMISSION_RULES,
  ...DIFFUSION_RULES,
  ...VERIFICATION_RULES,
  ...PARTNER_RULES,
  ...FEED_RULES,
  ...CALL_TRACE_RULES,
  ...IDENTITY_TRACE_RULES,
  ...LIST_RULES,
  ...ANSWER_RULES,
] as const satisfies readonly Rule[];

export type InsRule = (typeof RULES)[number]['id'];
