import type { Rule } from '#dsr/verdict/index.ts';
import { ECO } from '../vocabulary.ts';

/** What is judged on the dialogue with the operator, before any mail. */
export const RULES = [
  {
    id: 'MAIL-SMTP-STARTTLS',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/CONF.05'],
    source: `${ECO('1.0.1')} ; RFC 3207`,
    title: 'Un courriel est soumis par SMTP, chiffré par STARTTLS avant toute autre chose.',
  },
  {
    id: 'MAIL-IMAP-STARTTLS',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/CONF.06'],
    source: `${ECO('1.0.2')} ; RFC 3501 §6.2.1`,
    title: 'Une boîte est relevée par IMAP, chiffré par STARTTLS avant toute autre chose.',
  },
] as const satisfies readonly Rule[];

export type DialogueRule = (typeof RULES)[number]['id'];
