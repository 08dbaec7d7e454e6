import { INS_AUTHORITIES, type IdentityFeed } from '../identity/index.ts';
import type { ForeignIdentifier, Ins, Traits } from '../model/index.ts';
import type { Hl7Message, Repetition, Segment } from './message.ts';
import { Hl7Refusal } from './types.ts';

/** Longest value kept of anything a sender writes. */
const MAX_TEXT = 200;
const MAX_IDENTIFIERS = 50;

/** ADT events taken; movements carry an identity like the others. */
const EVENTS: ReadonlyMap<string, IdentityFeed['kind']> = new Map([
  ['A01', 'identite'],
  ['A03', 'identite'],
  ['A04', 'identite'],
  ['A05', 'identite'],
  ['A08', 'identite'],
  ['A28', 'identite'],
  ['A31', 'identite'],
  ['A40', 'fusion'],
  ['A47', 'retrait-ins'],
]);

/**
 * Reads what a message says of a person: ADT of the identity feeds, ORU^R01 for a result that carries an identity.
 * Nothing is judged here beyond what makes the message unusable.
 *
 * Source: protocols.md §7.1, §7.2 and §7.6; HL70357 for the codes of refusal.
 *
 * @throws {Hl7Refusal} AR for a type, event, version or processing mode that we do not take; AE for a missing identity
 */
export function readFeed(message: Hl7Message): IdentityFeed {
  const { kind, healthData, event, controlId, sender } = readHeader(message);
  const person = message.segment('PID');
  if (!person) throw new Hl7Refusal('AE', '100', 'PID', 'Segment PID absent.');
  const held = readIdentifiers(person, 3);
  const [identifier] = held.identifiers;
  if (!identifier) {
    throw new Hl7Refusal('AE', '101', 'PID^1^3', "Aucun identifiant local avec son domaine d'identification.");
  }
  const merge = message.segment('MRG');
  if (kind !== 'identite' && !merge) throw new Hl7Refusal('AE', '100', 'MRG', `Segment MRG absent d'un ${event}.`);
  const gone = merge ? readIdentifiers(merge, 1) : undefined;
  const reliability = person.text(32).trim().slice(0, 20);
  return {
    kind,
    messageId: controlId,
    sender,
    identifier,
    traits: readTraits(person),
    ...(reliability !== '' && { reliability }),
    ...(held.ins && { ins: held.ins }),
    ...(gone?.identifiers[0] && { prior: gone.identifiers[0] }),
    ...(gone?.ins && { removedIns: gone.ins }),
    ...(healthData && { healthData }),
  };
}

function readHeader(message: Hl7Message): Pick<IdentityFeed, 'kind' | 'sender'> & {
  healthData: boolean;
  event: string;
  controlId: string;
} {
  const header = message.segment('MSH');
  const text = (field: number, component?: number): string => header?.text(field, component).trim() ?? '';
  const [type, event] = [text(9, 1), text(9, 2)];
  if (text(10) === '') throw new Hl7Refusal('AR', '101', 'MSH^1^10', 'Identifiant de message absent.');
  if (type !== 'ADT' && type !== 'ORU') throw new Hl7Refusal('AR', '200', 'MSH^1^9', 'Type de message non reçu.');
  const healthData = type === 'ORU' && event === 'R01';
  const kind = type === 'ADT' ? EVENTS.get(event) : healthData ? 'identite' : undefined;
  if (!kind) throw new Hl7Refusal('AR', '201', 'MSH^1^9', `Événement ${event.slice(0, 10)} non reçu.`);
  if (!['P', 'T', 'D'].includes(text(11))) {
    throw new Hl7Refusal('AR', '202', 'MSH^1^11', 'Mode de traitement inconnu.');
  }
  if (!/^2\.[3-9](\.\d)?$/.test(text(12))) {
    throw new Hl7Refusal('AR', '203', 'MSH^1^12', 'Version de HL7 non reçue.');
  }
  const sender = [text(3), text(4)].filter((part) => part !== '').join(' / ');
  return {
    kind,
    healthData,
    event,
    controlId: text(10).slice(0, MAX_TEXT),
    sender: sender.slice(0, MAX_TEXT) || 'émetteur non nommé',
  };
}

/** Identifiers of a CX list, the local one (PI) first, and the INS apart. */
function readIdentifiers(segment: Segment, field: number): { identifiers: ForeignIdentifier[]; ins?: Ins } {
  const local: ForeignIdentifier[] = [];
  const others: ForeignIdentifier[] = [];
  let ins: Ins | undefined;
  for (const repetition of segment.field(field).slice(0, MAX_IDENTIFIERS)) {
    const value = valueOf(repetition.text(1));
    const authority = valueOf(repetition.text(4, 2) || repetition.text(4, 1));
    const type = repetition.text(5);
    if (value === '') continue;
    if (INS_AUTHORITIES.includes(authority) || /^INS(-NI[RA])?$/.test(type)) {
      ins ??= { matricule: value, oid: authority };
    } else if (authority !== '') (type === 'PI' ? local : others).push({ value, authority });
  }
  return { identifiers: [...local, ...others], ...(ins && { ins }) };
}

function readTraits(person: Segment): Partial<Traits> {
  const names = person.field(5);
  const birth = names.find((name) => name.text(7) === 'L') ?? names.find((name) => name.text(7) === '');
  const used = names.find((name) => name.text(7) === 'D');
  const place = person.field(11).find((address) => address.text(7) === 'BDL');
  const firstNames = birth ? readFirstNames(birth) : [];
  const sex = valueOf(person.text(8));
  return {
    ...filled('birthName', birth?.text(1)),
    ...(firstNames.length > 0 && { firstNames }),
    ...((sex === 'M' || sex === 'F') && { sex }),
    ...filled('birthDate', readDate(valueOf(person.text(7)))),
    ...filled('birthPlace', place?.text(9)),
    ...filled('usedName', used?.text(1)),
    ...filled('usedFirstName', used?.text(2)),
  };
}

function filled<Name extends keyof Traits>(name: Name, written: string | undefined): { [K in Name]?: string } {
  const value = valueOf(written ?? '');
  return (value === '' ? {} : { [name]: value }) as { [K in Name]?: string };
}

/** `""` is HL7's way to erase: for an identity it is as good as nothing. */
function valueOf(text: string): string {
  const value = text.trim().slice(0, MAX_TEXT);
  return value === '""' ? '' : value;
}

/** XPN-2 is the first one, XPN-3 the list of the birth certificate, which may or may not begin with it. */
function readFirstNames(name: Repetition): string[] {
  const first = valueOf(name.text(2));
  const list = valueOf(name.text(3));
  const rest = list === first ? '' : list.startsWith(`${first} `) ? list.slice(first.length + 1) : list;
  return [first, ...rest.split(' ')].filter((part) => part !== '').slice(0, 20);
}

/** The state register knows people born on an unknown day: what is missing is written 00. */
function readDate(text: string): string {
  if (text === '') return '';
  const [, year, month = '00', day = '00'] = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:\d.*)?)?)?$/.exec(text) ?? [];
  if (year === undefined) throw new Hl7Refusal('AE', '102', 'PID^1^7', 'Date de naissance illisible.');
  return `${year}-${month}-${day}`;
}
