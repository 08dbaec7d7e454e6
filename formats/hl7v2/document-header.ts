import { component, fieldText, segment } from './access.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** What is asked of a document: `nouveau`, `remplacement`, `suppression`. */
export type Hl7DocumentAct = 'nouveau' | 'remplacement' | 'suppression';

/** ORC and OBR of an order. */
export interface Hl7DocumentOrder {
  readonly orc?: Hl7Segment;
  /** ORC-1: `NW`, `RO`, `CA`. */
  readonly control: string;
  readonly obr?: Hl7Segment;
  /** OBR-4: LOINC code of the type of document. */
  readonly code: string;
  readonly label: string;
  readonly system: string;
}

/** TXA of an MDM. */
export interface Hl7DocumentHeader {
  readonly segment: Hl7Segment;
  /** TXA-2.1. */
  readonly type: string;
  /** TXA-4 as sent. */
  readonly activityText: string;
  /** TXA-12: number of the document (EI.1, or EI.3 when it is an OID alone). */
  readonly id: string;
  /** TXA-13, same form: number of the document that this one replaces. */
  readonly parentId: string;
  /** TXA-17: `AU`, `LA`. */
  readonly completion: string;
  /** TXA-22.1: who signed. */
  readonly authenticator: string;
}

const BY_CONTROL: Readonly<Record<string, Hl7DocumentAct>> = { NW: 'nouveau', RO: 'remplacement', CA: 'suppression' };
const BY_EVENT: Readonly<Record<string, Hl7DocumentAct>> = {
  T02: 'nouveau',
  T10: 'remplacement',
  T04: 'suppression',
};

/**
 * ORC and OBR that an observation comes under: the last ones before it; the first ones of the message without it.
 * Source: protocols.md §7.2.
 */
export function readOrder(message: Hl7Message, observation?: Hl7Segment): Hl7DocumentOrder {
  const named = (name: string): Hl7Segment | undefined =>
    observation === undefined
      ? segment(message, name)
      : message.segments.findLast((one) => one.name === name && one.rank < observation.rank);
  const orc = named('ORC');
  const obr = named('OBR');
  const service = obr?.fields[4] ?? '';
  return {
    ...(orc === undefined ? {} : { orc }),
    control: fieldText(message, orc, 1),
    ...(obr === undefined ? {} : { obr }),
    code: component(message, service, 1),
    label: component(message, service, 2),
    system: component(message, service, 3),
  };
}

/** @returns undefined without TXA */
export function readTxa(message: Hl7Message): Hl7DocumentHeader | undefined {
  const txa = segment(message, 'TXA');
  if (txa === undefined) return undefined;
  const first = (field: number): string => component(message, txa.fields[field] ?? '', 1);
  return {
    segment: txa,
    type: first(2),
    activityText: first(4),
    id: numbered(message, txa.fields[12] ?? ''),
    parentId: numbered(message, txa.fields[13] ?? ''),
    completion: first(17),
    authenticator: first(22),
  };
}

/** EI: the number, or its OID when it is all there is. */
function numbered(message: Hl7Message, value: string): string {
  return component(message, value, 1) || component(message, value, 3);
}

/** What the message asks: by its event (MDM), by ORC-1 otherwise; undefined when neither says it. */
export function documentAct(message: Hl7Message): Hl7DocumentAct | undefined {
  const { code, event } = message.type;
  return code === 'MDM' ? BY_EVENT[event] : BY_CONTROL[readOrder(message).control];
}
