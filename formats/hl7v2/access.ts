import { decodeHl7, type Hl7Encoding } from './charset.ts';
import type { Hl7Delimiters, Hl7Message, Hl7Segment } from './types.ts';

/** Segments of that name, in order. */
export function segments(message: Hl7Message, name: string): readonly Hl7Segment[] {
  return message.segments.filter((segment) => segment.name === name);
}

/** First segment of that name. */
export function segment(message: Hl7Message, name: string): Hl7Segment | undefined {
  return message.segments.find((one) => one.name === name);
}

/** More repetitions of a field than this are not looked at. */
const MAX_REPETITIONS = 10_000;

/** Repetitions of a field, still escaped, 10 000 at most; empty when the field is absent or empty. */
export function repetitions(message: Hl7Message, of: Hl7Segment, field: number): readonly string[] {
  const value = of.fields[field] ?? '';
  return value === '' ? [] : value.split(message.delimiters.repetition, MAX_REPETITIONS);
}

/**
 * Component of one repetition, unescaped.
 *
 * @param component 1-based
 * @param subcomponent 1-based; omitted means the whole component
 */
export function component(message: Hl7Message, repetition: string, component: number, subcomponent?: number): string {
  const { delimiters } = message;
  const whole = repetition.split(delimiters.component, component)[component - 1] ?? '';
  const part =
    subcomponent === undefined ? whole : (whole.split(delimiters.subcomponent, subcomponent)[subcomponent - 1] ?? '');
  return unescapeHl7(part, delimiters, message.encoding);
}

/** Whole field, unescaped, whatever it is made of; empty when it is absent. */
export function fieldText(message: Hl7Message, of: Hl7Segment | undefined, field: number): string {
  return unescapeHl7(of?.fields[field] ?? '', message.delimiters, message.encoding);
}

/**
 * Where something is, for a finding: `PID-3(2).4.2 (segment 3)` is the second sub-component of the fourth component of
 * the second repetition of PID-3, PID being the third segment of the message.
 */
export function placeOf(
  of: Hl7Segment,
  field?: number,
  within: { readonly repetition?: number; readonly component?: number; readonly subcomponent?: number } = {},
): string {
  const { repetition, component: part, subcomponent } = within;
  const path = [
    of.name,
    field === undefined ? '' : `-${field}`,
    repetition === undefined ? '' : `(${repetition})`,
    part === undefined ? '' : `.${part}`,
    subcomponent === undefined ? '' : `.${subcomponent}`,
  ];
  return `${path.join('')} (segment ${of.rank})`;
}

/**
 * Undoes the escape sequences of HL7 v2.5 §2.7: `\F\ \S\ \T\ \R\ \E\ \Xhh…\`, and `\.br\` as a line feed. Unknown sequences
 * stay as they are.
 *
 * @param encoding that of the message, in which the bytes of `\Xhh…\` are read
 */
export function unescapeHl7(text: string, delimiters: Hl7Delimiters, encoding: Hl7Encoding = 'utf-8'): string {
  const { escape } = delimiters;
  if (!text.includes(escape)) return text;
  const known = sequencesOf(escape);
  let out = '';
  let pieces: string[] = [];
  let at = 0;
  for (let found = known.exec(text); found !== null; found = known.exec(text)) {
    pieces.push(text.slice(at, found.index), meaningOf(found[1] ?? '', delimiters, encoding));
    at = known.lastIndex;
    // Joined by handfuls: millions of pieces would weigh a hundred times the text.
    if (pieces.length >= 4096) {
      out += pieces.join('');
      pieces = [];
    }
  }
  return out + pieces.join('') + text.slice(at);
}

const SEQUENCES = new Map<string, RegExp>();

/** Known sequences, searched in one pass whatever the text: a field of thirty million escape characters is hostile, not long. */
function sequencesOf(escape: string): RegExp {
  const known =
    SEQUENCES.get(escape) ?? new RegExp(`\\${escape}(F|S|T|R|E|\\.br|X(?:[0-9A-Fa-f]{2})+)\\${escape}`, 'g');
  SEQUENCES.set(escape, known);
  known.lastIndex = 0;
  return known;
}

function meaningOf(sequence: string, delimiters: Hl7Delimiters, encoding: Hl7Encoding): string {
  switch (sequence) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    case '.br':
      return '\n';
    default:
      return textOfHex(sequence.slice(1), encoding);
  }
}

function textOfHex(hex: string, encoding: Hl7Encoding): string {
  const bytes = Buffer.from(hex, 'hex');
  return decodeHl7(bytes, encoding) ?? bytes.toString('latin1');
}

/** Makes any text safe inside a component. Line ends, which HL7 cannot carry, become `\.br\`. */
export function escapeHl7(text: string, delimiters: Hl7Delimiters): string {
  const e = delimiters.escape;
  // The usual sequence would be cut in two where the full stop is a separator.
  const lineFeed = Object.values(delimiters).includes('.') ? 'X0A' : '.br';
  const names = new Map([
    [delimiters.field, `${e}F${e}`],
    [delimiters.component, `${e}S${e}`],
    [delimiters.subcomponent, `${e}T${e}`],
    [delimiters.repetition, `${e}R${e}`],
    [e, `${e}E${e}`],
    ['\n', `${e}${lineFeed}${e}`],
  ]);
  return Array.from(text.replace(/\r\n?/g, '\n'), (character) => names.get(character) ?? character).join('');
}
