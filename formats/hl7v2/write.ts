import { escapeHl7 } from './access.ts';
import { encodeHl7, type Hl7Encoding } from './charset.ts';
import type { Hl7Delimiters } from './types.ts';

/** Text of a component, escaped when written; undefined is written as nothing. */
type Part = string | undefined;

/** A field as parts that are still plain text: nobody has to think of separators. */
export type Hl7Parts =
  | { readonly kind: 'repetitions' | 'components' | 'subcomponents'; readonly parts: readonly Hl7Field[] }
  | { readonly kind: 'raw'; readonly text: string };

/** Plain text, or parts made with `repeated`, `components`, `subcomponents`, `rawField`. */
export type Hl7Field = Part | Hl7Parts;

export interface Hl7SegmentParts {
  readonly name: string;
  /** By HL7 field number. MSH-1 and MSH-2 are written by the writer. */
  readonly fields: Readonly<Record<number, Hl7Field>>;
}

export interface Hl7WriteOptions {
  readonly delimiters?: Hl7Delimiters;
  /** UTF-8 when absent; MSH-18 is the caller's to say. */
  readonly encoding?: Hl7Encoding;
}

export const USUAL_DELIMITERS: Hl7Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
};

const MAX_FIELD = 499;

/** Repetitions of a field. */
export function repeated(...parts: readonly Hl7Field[]): Hl7Parts {
  return { kind: 'repetitions', parts };
}

/** Components of a repetition, the first being number 1. */
export function components(...parts: readonly Hl7Field[]): Hl7Parts {
  return { kind: 'components', parts };
}

/** Sub-components of a component. */
export function subcomponents(...parts: readonly Part[]): Hl7Parts {
  return { kind: 'subcomponents', parts };
}

/** Written as it is: separators are meant (and the wrong ones that a test wants). */
export function rawField(text: string): Hl7Parts {
  return { kind: 'raw', text };
}

/**
 * Writes a message: segments ended by CR, texts escaped, nothing after the last part that says something.
 * Source: HL7 v2.5 §2.5 to §2.7.
 *
 * @returns bytes without MLLP framing
 * @throws {RangeError} for a segment name or a field number that cannot exist, a raw part that holds a line end, and a
 *   character that the encoding does not have
 */
export function writeHl7(segments: readonly Hl7SegmentParts[], options: Hl7WriteOptions = {}): Uint8Array {
  const delimiters = options.delimiters ?? USUAL_DELIMITERS;
  const text = segments.map((one) => `${writeSegment(one, delimiters)}\r`).join('');
  return encodeHl7(text, options.encoding ?? 'utf-8');
}

function writeSegment({ name, fields }: Hl7SegmentParts, delimiters: Hl7Delimiters): string {
  if (!/^[A-Z][A-Z0-9]{2}$/.test(name)) throw new RangeError(`« ${name} » n’est pas un nom de segment.`);
  const { field, component, repetition, escape, subcomponent } = delimiters;
  const header = name === 'MSH';
  const numbers = Object.keys(fields).map(Number);
  const last = Math.max(0, ...numbers);
  if (last > MAX_FIELD || numbers.some((number) => !Number.isInteger(number) || number < (header ? 3 : 1))) {
    throw new RangeError(`Un champ du segment ${name} porte un numéro qui ne peut pas être écrit.`);
  }
  const written = [header ? `MSH${field}${component}${repetition}${escape}${subcomponent}` : name];
  for (let number = header ? 3 : 1; number <= last; number += 1) written.push(writeField(fields[number], delimiters));
  return withoutTail(written, field);
}

function writeField(value: Hl7Field, delimiters: Hl7Delimiters): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHl7(value, delimiters);
  if (value.kind === 'raw') {
    if (/[\r\n]/.test(value.text)) throw new RangeError('Un champ brut ne peut pas contenir de fin de ligne.');
    return value.text;
  }
  const separator = {
    repetitions: delimiters.repetition,
    components: delimiters.component,
    subcomponents: delimiters.subcomponent,
  }[value.kind];
  return withoutTail(
    value.parts.map((part) => writeField(part, delimiters)),
    separator,
  );
}

/** Joins, leaving out the empty parts at the end: HL7 reads both alike. */
function withoutTail(parts: readonly string[], separator: string): string {
  let last = parts.length;
  while (last > 1 && parts[last - 1] === '') last -= 1;
  return parts.slice(0, last).join(separator);
}
