import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { readHl7, type Hl7Message } from '#formats/hl7v2/index.ts';
import { findingOf } from '../rule/index.ts';
import { readMessageIdentity, removedBy } from './identity.ts';
import { CISIS, HL7, OUTGOING } from './sources.ts';
import type { ExpectedIdentity } from './types.ts';

const UNIQUE = {
  id: 'HL7-CONTROL-ID-UNIQUE',
  layer: 'wire',
  severity: 'error',
  requirements: OUTGOING,
  source: `${HL7}, MSH-10`,
  title: 'Chaque message a son propre MSH-10.',
  expected: 'un identifiant par message ; le même seulement pour renvoyer le même message',
  remedy: 'Donnez un identifiant nouveau à chaque message.',
} as const;

const UPDATE = {
  id: 'HL7-PROPAGATION-UPDATE',
  layer: 'business',
  severity: 'error',
  requirements: ['INS/va1.60'],
  source: 'Guide d’implémentation INS, règle 27',
  title: 'La modification d’une identité est propagée par un message d’identité qui porte les traits nouveaux.',
  expected: 'un ADT^A31 (ou A08) avec les traits modifiés',
  remedy: 'Émettez un message de mise à jour vers les systèmes raccordés à chaque modification d’un trait.',
} as const;

const REMOVAL = {
  id: 'HL7-PROPAGATION-REMOVAL',
  layer: 'business',
  severity: 'error',
  requirements: ['INS/va1.60'],
  source: `Guide d’implémentation INS, règle 27 ; ${CISIS}, suppression de l’INS`,
  title: 'La perte d’une INS qui avait été émise est propagée par un message de suppression.',
  expected: 'un ADT^A47 dont MRG-1 porte le matricule retiré',
  remedy: 'Émettez un ADT^A47 vers les systèmes raccordés quand l’identité perd son INS.',
} as const;

/** Rules on several messages. */
export const SET_RULES: readonly Rule[] = [UNIQUE, UPDATE, REMOVAL];

/** A message and the name that findings give it. */
export interface NamedMessage {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Judges that messages have ids of their own (protocols.md §7.7, H2). The same bytes sent again are no breach. */
export function checkControlIds(messages: readonly NamedMessage[]): readonly Finding[] {
  return repeatedControlIds(messages).map(({ finding }) => finding);
}

/** Same, with the rank of the message that each finding is about. */
export function repeatedControlIds(
  messages: readonly NamedMessage[],
): readonly { readonly rank: number; readonly finding: Finding }[] {
  const seen = new Map<string, NamedMessage>();
  return messages.flatMap((one, rank) => {
    const id = read(one)?.controlId ?? '';
    const before = seen.get(id);
    if (id === '') return [];
    if (before === undefined) {
      seen.set(id, one);
      return [];
    }
    if (Buffer.from(before.bytes).equals(Buffer.from(one.bytes))) return [];
    const received = `${id}, déjà employé par ${before.label}`;
    return [{ rank, finding: findingOf(UNIQUE, { where: `${one.label}, MSH-10`, received }) }];
  });
}

/** A change of identity, and the messages that left the product because of it. */
export interface PropagationCase {
  /** The identity afterwards. */
  readonly after: ExpectedIdentity;
  /** The INS that the identity lost, when it had been sent to others: it was qualified. */
  readonly lostIns?: string;
  readonly messages: readonly NamedMessage[];
}

/** Judges that a change of identity was told to the connected systems (rule 27 of the INS guide; INS/va1.60). */
export function checkPropagation({ after, lostIns, messages }: PropagationCase): readonly Finding[] {
  const identities = messages.flatMap((one) => {
    const message = read(one);
    const identity = message && readMessageIdentity(message);
    return message === undefined || identity === undefined ? [] : [{ message, identity }];
  });
  const sent =
    identities.map(({ message }) => `${message.type.code}^${message.type.event}`).join(', ') || 'aucun message';
  const told = identities.some(
    ({ message, identity: { traits } }) =>
      ['A31', 'A08', 'A28'].includes(message.type.event) &&
      traits.birthName === after.traits.birthName &&
      traits.firstNames.join(' ') === after.traits.firstNames.join(' ') &&
      traits.birthDate === after.traits.birthDate &&
      traits.sex === after.traits.sex &&
      (after.traits.usedName === undefined || traits.usedName === after.traits.usedName),
  );
  const removed =
    lostIns === undefined ||
    identities.some(
      ({ message }) => message.type.event === 'A47' && removedBy(message).some(({ value }) => value === lostIns),
    );
  return [
    ...(told ? [] : [findingOf(UPDATE, { where: 'messages émis', received: sent })]),
    ...(removed ? [] : [findingOf(REMOVAL, { where: 'messages émis', received: sent })]),
  ];
}

function read({ bytes }: NamedMessage): Hl7Message | undefined {
  const reading = readHl7(bytes);
  return reading.ok ? reading.message : undefined;
}
