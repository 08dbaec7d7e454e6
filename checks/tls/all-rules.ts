import type { Rule } from '#dsr/verdict/index.ts';
import { OPERATOR_RULES } from './operator.ts';
import { RULES as SESSION_RULES } from './rules.ts';

/** Every rule of this folder: on a session that the bench received, and on a client in front of an operator to refuse. */
export const RULES: readonly Rule[] = [...SESSION_RULES, ...OPERATOR_RULES];
