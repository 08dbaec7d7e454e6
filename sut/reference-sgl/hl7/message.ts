import { Hl7Refusal } from './types.ts';

/** A message once split; fields are still in wire form, {@link Hl7Message.text} undoes the escapes. */
export interface Hl7Message {
  readonly segments: readonly Segment[];
  /** First segment of this name. */
  segment(name: string): Segment | undefined;
}

export interface Segment {
  readonly name: string;
  /** The whole line, as received. */
  readonly raw: string;
  /** Repetitions of a field, numbered as in the standard; no element when it is empty. */
  field(number: number): readonly Repetition[];
  /** Unescaped text of the first repetition: `text(5)`, `text(5, 2)`, `text(3, 4, 2)`. */
  text(field: number, component?: number, sub?: number): string;
}

export interface Repetition {
  text(component?: number, sub?: number): string;
}

const MAX_SEGMENTS = 5_000;

interface Separators {
  field: string;
  component: string;
  repetition: string;
  escape: string;
  sub: string;
}

/**
 * Splits a message by the separators it declares. Segments may end by CR, LF or both.
 *
 * @throws {Hl7Refusal} AR when there is no usable MSH
 */
export function readMessage(text: string): Hl7Message {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== '');
  const head = lines[0] ?? '';
  const marks = head.slice(3, 8);
  if (!head.startsWith('MSH') || marks.length < 5 || /[A-Za-z0-9]/.test(marks) || new Set(marks).size !== 5) {
    throw new Hl7Refusal('AR', '100', 'MSH^1^1', 'Segment MSH absent ou séparateurs illisibles.');
  }
  if (lines.length > MAX_SEGMENTS) throw new Hl7Refusal('AR', '199', 'MSH^1', 'Trop de segments.');
  const [field = '|', component = '^', repetition = '~', escape = '\\', sub = '&'] = marks;
  const separators = { field, component, repetition, escape, sub };
  const segments = lines.map((line) => readSegment(line, separators));
  return { segments, segment: (name) => segments.find((candidate) => candidate.name === name) };
}

function readSegment(line: string, separators: Separators): Segment {
  const [name = '', ...rest] = line.split(separators.field);
  // MSH-1 is the field separator itself, which shifts the numbers; MSH-2 is never split.
  const fields = name === 'MSH' ? [separators.field, ...rest] : rest;
  const repetitionsOf = (number: number): readonly Repetition[] => {
    const raw = fields[number - 1] ?? '';
    if (raw === '') return [];
    if (name === 'MSH' && number <= 2) return [{ text: () => raw }];
    return raw.split(separators.repetition).map((one) => ({
      text: (component = 1, sub = 1) =>
        unescape(one.split(separators.component)[component - 1]?.split(separators.sub)[sub - 1] ?? '', separators),
    }));
  };
  return {
    name,
    raw: line,
    field: repetitionsOf,
    text: (number, component, sub) => repetitionsOf(number)[0]?.text(component, sub) ?? '',
  };
}

function unescape(text: string, { field, component, repetition, escape, sub }: Separators): string {
  if (!text.includes(escape)) return text;
  const plain: Readonly<Record<string, string>> = {
    F: field,
    S: component,
    R: repetition,
    E: escape,
    T: sub,
    '.br': '\n',
  };
  let out = '';
  let at = 0;
  while (at < text.length) {
    const end = text[at] === escape ? text.indexOf(escape, at + 1) : -1;
    const word = end > 0 ? text.slice(at + 1, end) : '';
    const hex = /^X((?:[0-9A-Fa-f]{2})+)$/.exec(word)?.[1];
    const replaced = hex === undefined ? plain[word] : Buffer.from(hex, 'hex').toString('utf8');
    if (end > 0 && replaced !== undefined) {
      out += replaced;
      at = end + 1;
    } else {
      // An escape we do not know is left as it came.
      out += text[at];
      at += 1;
    }
  }
  return out;
}

/** Text to put in a message written by {@link writeMessage}. */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\|^~&\r\n]/g, (mark) => ESCAPES[mark] ?? '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '~': '\\R\\',
  '&': '\\T\\',
  '\r': ' ',
  '\n': ' ',
};

/** Escaped components joined; the empty ones of the end are left out. */
export function components(...parts: (string | undefined)[]): string {
  return parts
    .map((part) => escapeText(part ?? ''))
    .join('^')
    .replace(/\^+$/, '');
}

/**
 * A segment from its fields in wire form, by number: `writeSegment('PID', { 1: '1', 8: 'F' })`. For MSH, field 1 and 2
 * are the separators and are written by themselves.
 */
export function writeSegment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  const first = name === 'MSH' ? 3 : 1;
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => fields[index + first] ?? '');
  return [name === 'MSH' ? String.raw`MSH|^~\&` : name, ...values].join('|').replace(/\|+$/, '');
}

/** Segments ended by CR, as HL7 wants. */
export function writeMessage(segments: readonly string[]): string {
  return segments.map((segment) => `${segment}\r`).join('');
}
