import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { readHl7, type Hl7Message } from '#formats/hl7v2/index.ts';
import { applyRules, findingOf } from '../rule/index.ts';
import { ACK_RULES } from './ack-rules.ts';
import { CONSENT_RULES } from './consent-rules.ts';
import {
  carriesDocuments,
  checkDocuments,
  DELIVERY_RULES,
  DOCUMENT_RULES,
  type DocumentOptions,
} from './documents/index.ts';
import { EVENT_RULES } from './event-rules.ts';
import { HEADER_RULES } from './header-rules.ts';
import { IDENTIFIER_RULES } from './identifier-rules.ts';
import { readMessageIdentity } from './identity.ts';
import { PID_RULES } from './pid-rules.ts';
import { checkResults, RESULT_RULES } from './results/index.ts';
import { SET_RULES } from './set.ts';
import { HL7, OUTGOING } from './sources.ts';
import type { Hl7Options, Hl7Rule } from './types.ts';

const UNREADABLE = {
  id: 'HL7-READABLE',
  layer: 'wellformed',
  severity: 'error',
  requirements: OUTGOING,
  source: `${HL7}, §2.6`,
  title: 'Le message est de l’HL7 v2 lisible.',
  expected: 'un message qui commence par MSH, segments séparés par des retours chariot, caractères de MSH-18',
  remedy: 'Corrigez la construction du message : il n’a pas pu être jugé plus avant.',
} as const;

const OF_PID: readonly Hl7Rule[] = [...IDENTIFIER_RULES, ...PID_RULES];
const OF_ANY: readonly Hl7Rule[] = [...HEADER_RULES, ...OF_PID, ...EVENT_RULES, ...ACK_RULES, ...CONSENT_RULES];

/** Rules on a message and its PID, without those on several messages. */
export const MESSAGE_RULES: readonly Rule[] = [UNREADABLE, ...OF_ANY];

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [
  ...MESSAGE_RULES,
  ...SET_RULES,
  ...DOCUMENT_RULES,
  ...DELIVERY_RULES,
  ...RESULT_RULES,
];

/**
 * Judges a whole message: header, event, PID, and what its event demands (protocols.md §7.1, §7.2, §7.6, §7.7).
 *
 * @param bytes message without MLLP framing
 * @returns every finding; one of layer `wellformed` when the bytes are not HL7 v2
 */
export function checkIdentityMessage(bytes: Uint8Array, options: Hl7Options = {}): readonly Finding[] {
  const reading = readHl7(bytes);
  if (!reading.ok) return [findingOf(UNREADABLE, { where: 'message', received: reading.fault.message })];
  return judge(OF_ANY, reading.message, options);
}

/**
 * Judges a message of any kind: identity, acknowledgement, choice of the patient, the documents of one that carries
 * some, each CDA included, and structured results (protocols.md §7).
 *
 * @param bytes message without MLLP framing
 */
export function checkMessage(
  bytes: Uint8Array,
  options: Hl7Options & { readonly documents?: DocumentOptions } = {},
): readonly Finding[] {
  const reading = readHl7(bytes);
  if (!reading.ok) return checkIdentityMessage(bytes, options);
  const { message } = reading;
  const without = options.without ?? [];
  return [
    ...judge(OF_ANY, message, options),
    ...(carriesDocuments(message)
      ? checkDocuments(message, { ...options.documents, without: [...without, ...(options.documents?.without ?? [])] })
      : []),
    ...checkResults(message, { without }),
  ];
}

/** Judges the PID of a message alone, whatever carries it (INS/va1.71). */
export function checkPid(message: Hl7Message, options: Hl7Options = {}): readonly Finding[] {
  return judge(OF_PID, message, options);
}

/**
 * Judges a PID segment that was copied out of its message.
 *
 * @param line the segment as text, with the usual separators `|^~\&`
 */
export function checkPidSegment(line: string, options: Hl7Options = {}): readonly Finding[] {
  const reading = readHl7(Buffer.from(`MSH|^~\\&|||||||ADT^A31|||||||||UNICODE UTF-8\r${line.trim()}`, 'utf8'));
  if (!reading.ok) return [findingOf(UNREADABLE, { where: 'segment PID', received: reading.fault.message })];
  return checkPid(reading.message, options);
}

function judge(rules: readonly Hl7Rule[], message: Hl7Message, options: Hl7Options): readonly Finding[] {
  const subject = { message, identity: readMessageIdentity(message), options };
  return applyRules(rules, subject, options.without ? { without: options.without } : {});
}
