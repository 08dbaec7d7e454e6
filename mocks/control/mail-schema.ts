import { Ajv } from 'ajv';
import { INCOMING_KINDS, INCOMING_VARIANTS, type IncomingOrder } from '../mssante/index.ts';
import { sentence } from './schemas.ts';

/** Body of `POST /mailboxes/{address}/mails` in JSON: the mailbox is that of the address. */
export type MailRequest = Omit<IncomingOrder, 'to'>;

const word = { type: 'string', minLength: 1, maxLength: 200 } as const;
const messageId = { type: 'string', maxLength: 410, pattern: '^<[^\\s<>]+@[^\\s<>]+>$' } as const;

const MAIL = {
  type: 'object',
  properties: {
    kind: { enum: Object.keys(INCOMING_KINDS) },
    patient: word,
    from: word,
    variant: { enum: Object.keys(INCOMING_VARIANTS) },
    otherPatient: word,
    references: { type: 'array', maxItems: 50, items: messageId },
    replaces: messageId,
    subject: { type: 'string', maxLength: 500 },
    text: { type: 'string', maxLength: 20_000 },
    receipt: { type: 'boolean' },
    code: { type: 'string', pattern: '^\\d{3}$' },
  },
  required: ['kind', 'patient'],
  additionalProperties: false,
} as const;

const validate = new Ajv({ allErrors: true }).compile<MailRequest>(MAIL);

/** The request, or French sentences that say each thing wrong with it. */
export function readMailRequest(
  value: unknown,
): { readonly ok: true; readonly request: MailRequest } | { readonly ok: false; readonly problems: readonly string[] } {
  if (validate(value)) return { ok: true, request: value };
  return { ok: false, problems: (validate.errors ?? []).map(sentence) };
}
