import type { Rule } from '#dsr/verdict/index.ts';
import { RULES as BEHAVIOUR_RULES } from './behaviour/index.ts';
import { RULES as MAIL_RULES } from './check.ts';
import { RULES as DIALOGUE_RULES } from './dialogue/index.ts';

/** Every rule of this folder: on mails, on the dialogue with the operator, on what the product shows. */
export const RULES: readonly Rule[] = [...MAIL_RULES, ...DIALOGUE_RULES, ...BEHAVIOUR_RULES];
