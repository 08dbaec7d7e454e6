import type { AckParts, Hl7Message } from '#formats/hl7v2/index.ts';
import type { MockProfile } from '../types.ts';
import table from './accepted.json' with { type: 'json' };

/** What a technical acknowledgement says (protocols.md §7.5): accepted, or refused with its HL70357 code. */
export type Judgement = Pick<AckParts, 'code' | 'error'> & {
  /** French, for the journal. */
  readonly outcome: string;
};

const ACCEPTED: Judgement = { code: 'AA', outcome: 'acquitté AA' };

/** Judges what the header alone lets a receiver refuse: control id, message type, event, version. */
export function judgeHeader(message: Hl7Message, profile: MockProfile): Judgement {
  const { code, event } = message.type;
  const version = (message.segments[0]?.fields[12] ?? '').split(message.delimiters.component)[0] ?? '';
  if (message.controlId === '') {
    return refused('101', 'Required field missing', 'MSH^1^10', 'identifiant de message (MSH-10) absent');
  }
  const known = table.types.find((type) => type.code === code);
  if (known === undefined) {
    return refused('200', 'Unsupported message type', 'MSH^1^9', `type de message ${code || 'absent'} non reçu`);
  }
  if (!known.events.includes(event)) {
    return refused('201', 'Unsupported event code', 'MSH^1^9', `événement ${event || 'absent'} non reçu pour ${code}`);
  }
  const versions = profile === 'lenient' ? known.lenient : known.strict;
  if (versions.includes(version)) return ACCEPTED;
  const wanted = versions.join(', ');
  return refused(
    '203',
    'Unsupported version id',
    'MSH^1^12',
    `version ${version || 'absente'} (attendu pour ${code} : ${wanted})`,
  );
}

function refused(code: string, text: string, location: string, reason: string): Judgement {
  return { code: 'AE', error: { code, text, location }, outcome: `acquitté AE ${code} : ${reason}` };
}

/** True when the bench knows this type of message: the exchange is then an expected one, accepted or not. */
export function isKnown(message: Hl7Message): boolean {
  return table.types.some(({ code, events }) => code === message.type.code && events.includes(message.type.event));
}
