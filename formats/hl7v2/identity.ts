import { component, fieldText, repetitions, segment } from './access.ts';
import { dateOfHl7 } from './time.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** One identifier of a CX list. */
export interface Hl7Identifier {
  readonly value: string;
  /** CX-4: name, OID (or other universal id) and its kind (`ISO`). */
  readonly authority: { readonly name: string; readonly oid: string; readonly kind: string };
  /** CX-5: `PI`, `INS`… */
  readonly type: string;
  /** 1-based, for a finding. */
  readonly repetition: number;
}

/** One name of an XPN list, as PAM France uses it. */
export interface Hl7Name {
  readonly family: string;
  /** XPN-2. */
  readonly given: string;
  /** XPN-3: the list of the birth certificate, which may or may not begin with the first one. */
  readonly list: string;
  /** XPN-7: `L` birth name, `D` used name. */
  readonly type: string;
  /** First names in order, without repeating the first one. */
  readonly firstNames: readonly string[];
  readonly repetition: number;
}

/** What a PID segment says; texts are unescaped, empty when absent. */
export interface Hl7Person {
  readonly segment: Hl7Segment;
  readonly identifiers: readonly Hl7Identifier[];
  readonly names: readonly Hl7Name[];
  /** PID-5 of type `L`; without any type, the first one. */
  readonly birthName?: Hl7Name;
  /** PID-5 of type `D`. */
  readonly usedName?: Hl7Name;
  /** PID-7 as sent; `birthDate` when it is a date, `YYYY-MM-DD`. */
  readonly birthDateText: string;
  readonly birthDate?: string;
  readonly sex: string;
  /** COG code of the repetition of PID-11 whose type is `BDL`. */
  readonly birthPlace?: string;
  /** PID-18.1. */
  readonly account: string;
  /** PID-29, PID-30. */
  readonly deathText: string;
  readonly deceased: string;
  /** PID-32: `VALI`, `PROV`… */
  readonly reliability: readonly string[];
  /** PID-33 as sent: date of the last update. */
  readonly updatedText: string;
}

/** The CX list of a field: PID-3, MRG-1. */
export function readIdentifiers(message: Hl7Message, of: Hl7Segment, field: number): readonly Hl7Identifier[] {
  return repetitions(message, of, field).map((one, index) => ({
    value: component(message, one, 1),
    authority: {
      name: component(message, one, 4, 1),
      oid: component(message, one, 4, 2),
      kind: component(message, one, 4, 3),
    },
    type: component(message, one, 5),
    repetition: index + 1,
  }));
}

/** Whether an identifier is an INS (NIR or NIA): by its type, as PAM France writes it. */
export function isIns({ type }: Hl7Identifier): boolean {
  return /^INS(?:-?(?:NIR|NIA|C))?$/.test(type);
}

/**
 * Reads the PID segment of a message.
 * Source: protocols.md §7.2 (PID-3, PID-5, PID-11, PID-32), §7.6.
 * @returns undefined when the message has no PID
 */
export function readPid(message: Hl7Message): Hl7Person | undefined {
  const pid = segment(message, 'PID');
  if (pid === undefined) return undefined;
  const names = repetitions(message, pid, 5).map((one, index) => readName(message, one, index + 1));
  const birthName = names.find(({ type }) => type === 'L') ?? names.find(({ type }) => type === '');
  const usedName = names.find(({ type }) => type === 'D');
  const text = (field: number): string => fieldText(message, pid, field);
  const birthPlace = repetitions(message, pid, 11)
    .filter((one) => component(message, one, 7) === 'BDL')
    .map((one) => component(message, one, 9))
    .find((place) => place !== '');
  const birthDateText = component(message, pid.fields[7] ?? '', 1);
  const birthDate = dateOfHl7(birthDateText);
  return {
    segment: pid,
    identifiers: readIdentifiers(message, pid, 3),
    names,
    ...(birthName === undefined ? {} : { birthName }),
    ...(usedName === undefined ? {} : { usedName }),
    birthDateText,
    ...(birthDate === undefined ? {} : { birthDate }),
    sex: text(8),
    ...(birthPlace === undefined ? {} : { birthPlace }),
    account: component(message, pid.fields[18] ?? '', 1),
    deathText: text(29),
    deceased: text(30),
    reliability: repetitions(message, pid, 32).map((one) => component(message, one, 1)),
    updatedText: text(33),
  };
}

function readName(message: Hl7Message, one: string, repetition: number): Hl7Name {
  const given = component(message, one, 2);
  const list = component(message, one, 3);
  const words = list.split(' ').filter((word) => word !== '');
  const firstNames = [given, ...(words[0] === given ? words.slice(1) : words)].filter((name) => name !== '');
  return {
    family: component(message, one, 1, 1),
    given,
    list,
    type: component(message, one, 7),
    firstNames,
    repetition,
  };
}

/** Identifiers of MRG-1: what an A40 merges away, what an A47 removes; empty without MRG. */
export function readMrg(message: Hl7Message): readonly Hl7Identifier[] {
  const mrg = segment(message, 'MRG');
  return mrg === undefined ? [] : readIdentifiers(message, mrg, 1);
}
