import { Ajv } from 'ajv';
import type { FeedEvent, FeedMerge, FeedTraits, Hl7Domain } from '../hl7/index.ts';
import type { HostPort } from '../types.ts';
import { sentence } from './schemas.ts';

/** Body of `POST /hl7/feeds`. */
export interface FeedRequest {
  /** Where the product listens; absent, the address given when the bench was started. */
  readonly address?: HostPort;
  /** Key or INS of a test patient. */
  readonly patient: string;
  readonly event: FeedEvent;
  /** A domain of the bench by name, or any other; `hopital` when absent. */
  readonly domain?: 'laboratoire' | 'hopital' | Hl7Domain;
  readonly localId?: string;
  readonly identity?: { readonly reliability?: string | readonly string[]; readonly withIns?: boolean };
  readonly merge?: FeedMerge;
  readonly traits?: FeedTraits;
  readonly timeoutMs?: number;
}

const EVENTS: readonly FeedEvent[] = ['A01', 'A03', 'A04', 'A08', 'A28', 'A31', 'A40', 'A47'];
const word = { type: 'string', minLength: 1, maxLength: 200 } as const;
const text = { type: 'string', maxLength: 200 } as const;
const oid = { type: 'string', maxLength: 200, pattern: '^[0-2](?:\\.\\d+)+$' } as const;

function object(properties: object, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false };
}

const FEED = object(
  {
    address: object({ host: word, port: { type: 'integer', minimum: 1, maximum: 65_535 } }, ['host', 'port']),
    patient: word,
    event: { enum: EVENTS },
    // One shape for both: keywords of texts are silent about objects, and the other way round.
    domain: {
      ...object({ oid, name: word, facility: word }, ['oid', 'name', 'facility']),
      type: ['string', 'object'],
      pattern: '^(?:laboratoire|hopital)$',
    },
    localId: word,
    identity: object({
      reliability: {
        type: ['string', 'array'],
        maxLength: 20,
        maxItems: 10,
        items: { type: 'string', maxLength: 20 },
      },
      withIns: { type: 'boolean' },
    }),
    merge: object({ localId: word, ins: object({ value: word, oid }, ['value', 'oid']) }),
    traits: object({
      birthName: text,
      firstNames: { type: 'array', minItems: 1, maxItems: 20, items: text },
      usedName: text,
      usedFirstName: text,
      sex: text,
      birthDate: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
      birthPlace: text,
    }),
    timeoutMs: { type: 'integer', minimum: 1, maximum: 60_000 },
  },
  ['patient', 'event'],
);

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false }).compile<FeedRequest>(FEED);

/** The request, or French sentences that say each thing wrong with it. */
export function readFeedRequest(
  value: unknown,
): { readonly ok: true; readonly request: FeedRequest } | { readonly ok: false; readonly problems: readonly string[] } {
  if (validate(value)) return { ok: true, request: value };
  return { ok: false, problems: (validate.errors ?? []).map(sentence) };
}
