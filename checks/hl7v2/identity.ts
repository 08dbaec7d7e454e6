import { component, repetitions, segment, type Hl7Message, type Hl7Segment } from '#formats/hl7v2/index.ts';
import type { MessageIdentity, PidIdentifier, PidTraits } from './types.ts';

/** INS repetitions are told by their type code; a wrong type with an INS authority is still looked at by the rules. */
export const INS_TYPE = 'INS';
export const LOCAL_TYPE = 'PI';

/**
 * Reads what a message says of a person (protocols.md §7.2).
 *
 * @returns undefined when the message has no PID segment
 */
export function readMessageIdentity(message: Hl7Message): MessageIdentity | undefined {
  const pid = segment(message, 'PID');
  if (pid === undefined) return undefined;
  const identifiers = identifiersOf(message, pid, 3);
  const ins = identifiers.find(({ type }) => type === INS_TYPE);
  const local = identifiers.find(({ type }) => type === LOCAL_TYPE);
  return {
    domain: local?.authority ?? '',
    messageId: message.controlId,
    ...(ins === undefined ? {} : { ins: ins.value, oid: ins.authority }),
    reliability: component(message, repetitions(message, pid, 32)[0] ?? '', 1),
    traits: traitsOf(message, pid),
    identifiers,
  };
}

/** Identifiers of a CX field: PID-3, MRG-1. */
export function identifiersOf(message: Hl7Message, of: Hl7Segment, field: number): readonly PidIdentifier[] {
  return repetitions(message, of, field).map((repetition, index) => ({
    where: `${of.name}-${field} (${index + 1})`,
    value: component(message, repetition, 1),
    namespace: component(message, repetition, 4, 1),
    authority: component(message, repetition, 4, 2),
    authorityType: component(message, repetition, 4, 3),
    type: component(message, repetition, 5),
  }));
}

/** A repetition of PID-5 by its name type: `L` birth, `D` used. */
export function nameOf(message: Hl7Message, pid: Hl7Segment, type: 'L' | 'D'): string | undefined {
  return repetitions(message, pid, 5).find((repetition) => component(message, repetition, 7) === type);
}

/** The repetition of PID-11 that holds the place of birth. */
export function birthAddressOf(message: Hl7Message, pid: Hl7Segment): string | undefined {
  return repetitions(message, pid, 11).find((repetition) => component(message, repetition, 7) === 'BDL');
}

function traitsOf(message: Hl7Message, pid: Hl7Segment): PidTraits {
  const birth = nameOf(message, pid, 'L') ?? '';
  const used = nameOf(message, pid, 'D');
  const first = component(message, birth, 2);
  const list = component(message, birth, 3);
  const place = component(message, birthAddressOf(message, pid) ?? '', 9);
  const date = component(message, pid.fields[7] ?? '', 1);
  const match = /^(\d{4})(\d\d)(\d\d)/.exec(date);
  const usedName = used === undefined ? '' : component(message, used, 1);
  const usedFirstName = used === undefined ? '' : component(message, used, 2);
  return {
    birthName: component(message, birth, 1),
    firstNames: (list || first).split(/[ ,]+/).filter((name) => name !== ''),
    sex: component(message, pid.fields[8] ?? '', 1),
    birthDate: match === null ? date : `${match[1]}-${match[2]}-${match[3]}`,
    ...(place === '' ? {} : { birthPlace: place }),
    ...(usedName === '' ? {} : { usedName }),
    ...(usedFirstName === '' ? {} : { usedFirstName }),
  };
}
