import { readIdentifiers, readMrg, readPid, type Hl7Identifier, type Hl7Message } from '#formats/hl7v2/index.ts';
import type { MessageIdentity, PidIdentifier } from './types.ts';

/** INS repetitions are told by their type code; a wrong type with an INS authority is still looked at by the rules. */
export const INS_TYPE = 'INS';
export const LOCAL_TYPE = 'PI';

/**
 * Reads what a message says of a person (protocols.md §7.2).
 *
 * @returns undefined when the message has no PID segment
 */
export function readMessageIdentity(message: Hl7Message): MessageIdentity | undefined {
  const person = readPid(message);
  if (person === undefined) return undefined;
  const identifiers = readIdentifiers(message, person.segment, 3).map((one) => placed('PID-3', one));
  const ins = identifiers.find(({ type }) => type === INS_TYPE);
  const local = identifiers.find(({ type }) => type === LOCAL_TYPE);
  // Without any type the name is read all the same; a rule says that its type is missing.
  const birth = person.birthName;
  const used = person.usedName;
  return {
    domain: local?.authority ?? '',
    messageId: message.controlId,
    ...(ins === undefined ? {} : { ins: ins.value, oid: ins.authority }),
    reliability: person.reliability[0] ?? '',
    traits: {
      birthName: birth?.family ?? '',
      firstNames: (birth?.list || birth?.given || '').split(/[ ,]+/).filter((name) => name !== ''),
      sex: person.sex,
      birthDate: person.birthDate ?? person.birthDateText,
      ...(person.birthPlace === undefined ? {} : { birthPlace: person.birthPlace }),
      ...(used === undefined || used.family === '' ? {} : { usedName: used.family }),
      ...(used === undefined || used.given === '' ? {} : { usedFirstName: used.given }),
    },
    identifiers,
  };
}

/** Identifiers of MRG-1: what a merge absorbs, what a removal withdraws. */
export function removedBy(message: Hl7Message): readonly PidIdentifier[] {
  return readMrg(message).map((one) => placed('MRG-1', one));
}

function placed(field: string, { value, authority, type, repetition }: Hl7Identifier): PidIdentifier {
  return {
    where: `${field} (${repetition})`,
    value,
    namespace: authority.name,
    authority: authority.oid,
    authorityType: authority.kind,
    type,
  };
}
