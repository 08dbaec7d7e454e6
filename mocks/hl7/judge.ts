import { fieldText, segment, type Hl7Message } from '#formats/hl7v2/index.ts';
import type { MockProfile } from '../types.ts';
import { isAboutDocuments } from './about-documents.ts';
import table from './accepted.json' with { type: 'json' };
import { ackError, type Judgement } from './errors.ts';

interface EventData {
  readonly event: string;
  readonly structure: string;
  /** Segments without which it cannot be read. */
  readonly needs?: readonly string[];
}

interface TypeData {
  readonly code: string;
  readonly events: readonly EventData[];
  /** Versions taken, by profile of the bench. */
  readonly strict: readonly string[];
  /** In the place of `strict` when the message carries no document. */
  readonly plain?: readonly string[];
  readonly lenient: readonly string[];
  readonly needs: readonly string[];
  /** What MSH-21 must name. */
  readonly profile?: string;
}

const TYPES: readonly TypeData[] = table.types;

/**
 * Judges what lets a receiver refuse a message: MSH-9 to MSH-12, the segments and the fields without which it says
 * nothing. What a real receiver lets pass (MSH-9.3, MSH-17, MSH-18, MSH-21, segments ended otherwise than by CR) is
 * accepted, and told in the journal.
 * Source: protocols.md §7.1, §7.5, §7.6; HL7 v2.5 §2.9.
 */
export function judge(message: Hl7Message, profile: MockProfile): Judgement {
  const { code, event } = message.type;
  const msh = message.segments[0];
  if (message.controlId.trim() === '') return refused('101', 'MSH^1^10', 'identifiant de message (MSH-10) absent');
  const known = TYPES.find((type) => type.code === code);
  if (known === undefined) return refused('200', 'MSH^1^9', `type de message ${shown(code)} non reçu`);
  const of = known.events.find((one) => one.event === event);
  if (of === undefined) return refused('201', 'MSH^1^9', `événement ${shown(event)} non reçu pour ${code}`);
  const mode = (msh?.fields[11] ?? '').split(message.delimiters.component, 1)[0] ?? '';
  if (!table.processing.includes(mode)) {
    return refused('202', 'MSH^1^11', `mode de traitement ${shown(mode)} (attendu : ${table.processing.join(', ')})`);
  }
  const version = (msh?.fields[12] ?? '').split(message.delimiters.component, 1)[0] ?? '';
  const plain = known.plain !== undefined && !isAboutDocuments(message) ? known.plain : known.strict;
  const versions = profile === 'lenient' ? known.lenient : plain;
  if (!versions.includes(version)) {
    return refused('203', 'MSH^1^12', `version ${shown(version)} (attendu pour ${code} : ${versions.join(', ')})`);
  }
  const gap = profile === 'lenient' ? undefined : missing(message, known, of);
  if (gap !== undefined) return gap;
  const remarks = remarksOn(message, known, of);
  return { code: 'AA', outcome: remarks.length === 0 ? 'acquitté AA' : `acquitté AA, mais ${remarks.join(' ; ')}` };
}

function missing(message: Hl7Message, known: TypeData, of: EventData): Judgement | undefined {
  for (const name of [...known.needs, ...(of.needs ?? [])]) {
    if (segment(message, name) === undefined) return refused('100', name, `segment ${name} absent`);
  }
  for (const { segment: name, field, types } of table.fields) {
    const found = types.includes(known.code) ? segment(message, name) : undefined;
    if (found !== undefined && fieldText(message, found, field).trim() === '') {
      return refused('101', `${name}^1^${field}`, `${name}-${field} vide`);
    }
  }
  return undefined;
}

/** What a real receiver is not known to refuse. */
function remarksOn(message: Hl7Message, known: TypeData, of: EventData): readonly string[] {
  const field = (number: number) => fieldText(message, message.segments[0], number);
  const profile = field(21);
  return [
    message.type.structure === of.structure
      ? ''
      : `MSH-9.3 vaut ${shown(message.type.structure)} (attendu : ${of.structure})`,
    table.countries.includes(field(17)) ? '' : `MSH-17 vaut ${shown(field(17))} (attendu : FRA)`,
    field(18) === '' ? 'MSH-18 n’est pas rempli' : '',
    known.profile === undefined || profile.includes(known.profile)
      ? ''
      : `MSH-21 vaut ${shown(profile)} (attendu : un profil ${known.profile})`,
    message.lineEnd === 'CR' ? '' : `les segments finissent par ${message.lineEnd} (attendu : CR)`,
  ].filter((remark) => remark !== '');
}

/** What a sender wrote, short enough for a sentence. */
function shown(text: string): string {
  return text === '' ? 'rien' : `« ${text.slice(0, 40)} »`;
}

/** @param location with the usual separator, which the acknowledgement replaces by that of the message */
export function refused(code: string, location: string, reason: string): Judgement {
  return { code: 'AE', error: ackError(code, location), outcome: `acquitté AE ${code} : ${reason}` };
}

/** True when the bench knows this type of message: the exchange is then an expected one, accepted or not. */
export function isKnown({ type }: Hl7Message): boolean {
  return TYPES.some(({ code, events }) => code === type.code && events.some(({ event }) => event === type.event));
}
