import type { Hl7Message } from './message.ts';
import { Hl7Refusal } from './types.ts';

/** What became, at the hospital, of a document that we sent (ZAM). */
export interface BusinessAck {
  /** MSH-10 of our message. */
  readonly about: string;
  readonly event: 'reception-dmp' | 'reception-mss' | 'lecture-mss';
  readonly succeeded: boolean;
  /** French sentence for the user: the code and words of the error, who read it. */
  readonly detail: string;
}

const EVENTS: Readonly<Record<string, { event: BusinessAck['event']; code: string; done: string; failed: string }>> = {
  Z01: { event: 'reception-dmp', code: 'ACK_RECEPTION_DMP', done: 'Reçu par le DMP', failed: 'Refusé par le DMP' },
  Z02: { event: 'reception-mss', code: 'ACK_RECEPTION_MSS', done: 'Courriel remis', failed: 'Courriel non remis' },
  Z03: { event: 'lecture-mss', code: 'ACK_LECTURE_MSS', done: 'Courriel lu', failed: 'Courriel non traité' },
};

/** True for the messages that {@link readBusinessAck} reads. */
export function isBusinessAck(message: Hl7Message): boolean {
  return message.segment('MSH')?.text(9, 1) === 'ZAM';
}

/**
 * Reads a business acknowledgement.
 * Source: protocols.md §7.5.
 *
 * @throws {Hl7Refusal} when it does not say of what, or what
 */
export function readBusinessAck(message: Hl7Message): BusinessAck {
  const known = EVENTS[message.segment('MSH')?.text(9, 2) ?? ''];
  if (!known) throw new Hl7Refusal('AR', '201', 'MSH^1^9', 'Événement non reçu.');
  if ((message.segment('MSH')?.text(10) ?? '') === '') {
    throw new Hl7Refusal('AR', '101', 'MSH^1^10', 'Identifiant de message absent.');
  }
  const lines = message.segments.filter(({ name }) => name === 'OBX');
  const line = lines.find((one) => one.text(3) === known.code);
  if (!line) throw new Hl7Refusal('AE', '100', 'OBX', `OBX ${known.code} absent.`);
  const about = line.text(4).slice(0, 200);
  if (about === '') throw new Hl7Refusal('AE', '101', 'OBX^1^4', 'Message acquitté non nommé.');
  const value = line.text(5);
  if (value !== 'Y' && value !== 'N') throw new Hl7Refusal('AE', '103', 'OBX^1^5', 'Réponse illisible.');
  const error = message.segment('ERR');
  const said = [error?.text(5, 1), error?.text(5, 2)].filter(Boolean).join(' ').slice(0, 300);
  const who = lines.find((one) => one !== line)?.text(5) ?? '';
  const detail =
    value === 'Y'
      ? `${known.done}${who === '' ? '' : ` : ${who.slice(0, 200)}`}.`
      : `${known.failed} : ${said || 'sans motif'}.`;
  return { about, event: known.event, succeeded: value === 'Y', detail };
}
