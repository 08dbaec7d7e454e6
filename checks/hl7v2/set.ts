import { createHash } from 'node:crypto';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { readHl7, type Hl7Message } from '#formats/hl7v2/index.ts';
import { findingOf } from '../rule/index.ts';
import { readMessageIdentity, removedBy } from './identity.ts';
import { CISIS, HL7, OUTGOING, PAM } from './sources.ts';
import type { HeldTraits } from '../ins/index.ts';
import type { ExpectedIdentity, MessageIdentity } from './types.ts';

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
  expected: 'un ADT^A31 (ou A08, ou l’A47 qui retire l’INS) avec les traits modifiés',
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

const STATE = {
  id: 'HL7-PROPAGATION-STATE',
  layer: 'business',
  severity: 'error',
  requirements: ['INS/va1.60'],
  source: `Guide d’implémentation INS, règles 27 et 28 ; ${PAM}, PID-32`,
  title: 'Les messages qui suivent la modification disent l’INS et la fiabilité que l’identité a désormais.',
  expected: 'ni INS ni fiabilité d’avant pour une identité qui les a perdues ; l’INS et VALI pour celle qui les garde',
  remedy: 'Construisez chaque message à partir de l’identité telle qu’elle est après la modification.',
} as const;

/** Rules on several messages. */
export const SET_RULES: readonly Rule[] = [UNIQUE, UPDATE, REMOVAL, STATE];

/** A message and the name that findings give it. */
export interface NamedMessage {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/**
 * Judges that the messages of one sender (MSH-3, MSH-4) have ids of their own (protocols.md §7.7, H2). The same message
 * sent again is no breach, even when its MSH-7 says when it was.
 */
export function checkControlIds(messages: readonly NamedMessage[]): readonly Finding[] {
  return repeatedControlIds(messages).map(({ finding }) => finding);
}

/** Same, with the rank of the message that each finding is about. */
export function repeatedControlIds(
  messages: readonly NamedMessage[],
): readonly { readonly rank: number; readonly finding: Finding }[] {
  const seen = new Map<string, { readonly label: string; readonly content: string }>();
  return messages.flatMap((one, rank) => {
    const message = read(one);
    const id = message?.controlId ?? '';
    if (message === undefined || id === '') return [];
    const [msh] = message.segments;
    const key = JSON.stringify([msh?.fields[3], msh?.fields[4], id]);
    const content = createHash('sha256').update(sayings(message)).digest('hex');
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, { label: one.label, content });
      return [];
    }
    if (before.content === content) return [];
    const received = `${id}, déjà employé par ${before.label}`;
    return [{ rank, finding: findingOf(UNIQUE, { where: `${one.label}, MSH-10`, received }) }];
  });
}

/** All that a message says, but when it left. */
function sayings({ segments }: Hl7Message): string {
  const [msh, ...rest] = segments;
  const header = (msh?.fields ?? []).filter((_, number) => number !== 7);
  return JSON.stringify([header, rest.map(({ raw }) => raw)]);
}

/** A change of identity, and the messages that left the product because of it. */
export interface PropagationCase {
  /**
   * The traits before. When given, a message that still says them all, and comes before any of the change, is not blamed
   * for what it says: it was written earlier and was on its way.
   */
  readonly before?: Pick<ExpectedIdentity, 'traits'>;
  /** The identity afterwards. */
  readonly after: ExpectedIdentity;
  /** Its status afterwards. */
  readonly status: IdentityStatus;
  /** The INS that the identity lost, when it had been sent to others: it was qualified. */
  readonly lostIns?: string;
  /** In the order of their arrival. */
  readonly messages: readonly NamedMessage[];
}

type IdentityStatus = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee';

interface Told {
  readonly label: string;
  readonly message: Hl7Message;
  readonly identity: MessageIdentity;
}

/**
 * Judges that a change of identity was told to the connected systems, as it now is (rules 27 and 28 of the INS guide;
 * INS/va1.60). The A47 that takes the INS away may tell the new traits by itself.
 */
export function checkPropagation(story: PropagationCase): readonly Finding[] {
  const { before, after, lostIns } = story;
  const told = toldBy(story.messages);
  const sent = told.map(({ message }) => `${message.type.code}^${message.type.event}`).join(', ') || 'aucun message';
  const events = new Set(['A31', 'A08', 'A28', ...(lostIns === undefined ? [] : ['A47'])]);
  const updated = told.some(
    ({ message, identity }) =>
      events.has(message.type.event) && saysTraits(identity.traits, after.traits, before?.traits),
  );
  const removed = lostIns === undefined || told.some(({ message }) => removes(message, lostIns));
  return [
    ...(updated ? [] : [findingOf(UPDATE, { where: 'messages émis', received: sent })]),
    ...(removed ? [] : [findingOf(REMOVAL, { where: 'messages émis', received: sent })]),
    ...sinceChange(story, told).flatMap((one) => stateFindings(one, story)),
  ];
}

/** Judges what one message, sent after the change, says of the INS and of PID-32 (same sources). */
export function checkToldState(
  identity: Pick<PropagationCase, 'after' | 'status'>,
  message: NamedMessage,
): readonly Finding[] {
  return toldBy([message]).flatMap((one) => stateFindings(one, identity));
}

function toldBy(messages: readonly NamedMessage[]): readonly Told[] {
  return messages.flatMap((one) => {
    const message = read(one);
    const identity = message && readMessageIdentity(message);
    return message === undefined || identity === undefined ? [] : [{ label: one.label, message, identity }];
  });
}

/** Messages without those written before the change and late on their way. */
function sinceChange({ before, after, lostIns }: PropagationCase, told: readonly Told[]): readonly Told[] {
  if (before === undefined) return told;
  const first = told.findIndex(
    ({ message, identity }) =>
      (lostIns !== undefined && removes(message, lostIns)) || !saysTraits(identity.traits, before.traits, after.traits),
  );
  return first < 0 ? [] : told.slice(first);
}

/** What a message after the change says of the INS and of PID-32, against what the identity now is. */
function stateFindings(
  { label, message, identity }: Told,
  { after, status }: Pick<PropagationCase, 'after' | 'status'>,
): readonly Finding[] {
  const { ins, reliability } = identity;
  const shared = status === 'qualifiee' ? after.ins : undefined;
  const finding = (place: string, received: string, expected: string): Finding =>
    findingOf(STATE, { where: `${label}, ${place}`, received, expected });
  if (shared === undefined) {
    // VALI without INS is what a validated identity says.
    const vali = reliability === 'VALI' && status !== 'validee' && status !== 'qualifiee';
    return [
      ...(ins === undefined ? [] : [finding('PID-3', `l’INS ${ins}`, `aucune INS, l’identité étant ${status}`)]),
      ...(vali ? [finding('PID-32', 'VALI', `une autre valeur, l’identité étant ${status}`)] : []),
    ];
  }
  if (message.type.event === 'A47') {
    return removes(message, shared)
      ? [finding('MRG-1', `le retrait de l’INS ${shared}`, 'aucun retrait : l’identité garde son INS')]
      : [];
  }
  return [
    ...(ins === shared ? [] : [finding('PID-3', ins ?? 'aucune INS', `l’INS ${shared}, que l’identité garde`)]),
    ...(reliability === 'VALI' || message.type.code !== 'ADT'
      ? []
      : [finding('PID-32', reliability || 'vide', 'VALI, l’identité restant qualifiée')]),
  ];
}

function removes(message: Hl7Message, ins: string): boolean {
  return message.type.event === 'A47' && removedBy(message).some(({ value }) => value === ins);
}

/**
 * Whether a message says these traits. A birth place and a used first name are only demanded when they are what differs
 * from the other state of the identity: no message owes them otherwise.
 */
function saysTraits(
  told: HeldTraits,
  wanted: ExpectedIdentity['traits'],
  other: ExpectedIdentity['traits'] | undefined,
): boolean {
  const owed = (trait: 'birthPlace' | 'usedFirstName'): boolean =>
    wanted[trait] === undefined ||
    told[trait] === wanted[trait] ||
    (told[trait] === undefined && (other === undefined || other[trait] === wanted[trait]));
  return (
    told.birthName === wanted.birthName &&
    told.firstNames.join(' ') === wanted.firstNames.join(' ') &&
    told.birthDate === wanted.birthDate &&
    told.sex === wanted.sex &&
    owed('birthPlace') &&
    owed('usedFirstName') &&
    (wanted.usedName === undefined
      ? other?.usedName === undefined || told.usedName !== other.usedName
      : told.usedName === wanted.usedName)
  );
}

function read({ bytes }: NamedMessage): Hl7Message | undefined {
  const reading = readHl7(bytes);
  return reading.ok ? reading.message : undefined;
}
