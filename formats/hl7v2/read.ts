import { unescapeHl7 } from './access.ts';
import { byteLength, decodeHl7, encodingOf } from './charset.ts';
import type { Hl7Delimiters, Hl7Fault, Hl7Reading, Hl7Segment } from './types.ts';

/** What a message may hold; all far above what the French volets need. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_SEGMENTS = 20_000;
const MAX_FIELDS = 500;

/**
 * Reads an HL7 v2 message: separators from MSH, segments ended by CR (CRLF and LF tolerated, official samples have them),
 * characters as MSH-18 says. Field contents stay escaped; see `unescapeHl7`. Hostile input is refused, never thrown:
 * bytes, segments and fields are counted before they are kept.
 *
 * @param raw message without MLLP framing
 */
export function readHl7(raw: Uint8Array, maxBytes: number = MAX_BYTES): Hl7Reading {
  if (raw.byteLength > maxBytes) return refuse('HL7_TOO_LARGE', `Le message dépasse ${maxBytes} octets.`);
  const head = Buffer.from(raw.subarray(0, 1024))
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '');
  if (!head.startsWith('MSH')) return refuse('HL7_NO_MSH', 'Le message ne commence pas par un segment MSH.');
  const delimiters = readDelimiters(head);
  if (delimiters === undefined) {
    return refuse('HL7_DELIMITERS', 'MSH-1 et MSH-2 ne déclarent pas cinq séparateurs distincts.');
  }
  const declared = head.split(/[\r\n]/, 1)[0]?.split(delimiters.field)[17] ?? '';
  const encoding = encodingOf(unescapeHl7(declared.split(delimiters.repetition, 1)[0] ?? '', delimiters));
  if (encoding === undefined) {
    return refuse('HL7_ENCODING', `Le jeu de caractères MSH-18 « ${declared.slice(0, 40)} » n’est pas connu.`);
  }
  const text = decodeHl7(raw, encoding);
  if (text === undefined) {
    return refuse('HL7_ENCODING', `Le message contient des octets qui ne sont pas du ${encoding} valide.`);
  }
  const ends = new Set<string>();
  const segments: Hl7Segment[] = [];
  // The byte order mark is no character of the text.
  let next = encoding === 'utf-8' && raw[0] === 0xef ? 3 : 0;
  for (const { line, end } of linesOf(text)) {
    const start = next;
    next += byteLength(line, encoding) + end.length;
    if (end !== '') ends.add(end);
    if (line === '') continue;
    const rank = segments.length + 1;
    if (rank > MAX_SEGMENTS) return refuse('HL7_TOO_LARGE', `Le message dépasse ${MAX_SEGMENTS} segments.`);
    const segment = readSegment(line, delimiters, rank, start);
    if (segment === undefined) {
      return refuse('HL7_BAD_SEGMENT', `Le segment ${rank} ne commence pas par un nom de segment.`);
    }
    if (segment.fields.length > MAX_FIELDS) {
      return refuse('HL7_TOO_LARGE', `Le segment ${rank} (${segment.name}) dépasse ${MAX_FIELDS} champs.`);
    }
    segments.push(segment);
  }
  const type = (segments[0]?.fields[9] ?? '').split(delimiters.component, 3);
  return {
    ok: true,
    message: {
      raw,
      delimiters,
      encoding,
      segments,
      lineEnd: ends.size > 1 ? 'mixed' : (LINE_ENDS[[...ends][0] ?? '\r'] ?? 'CR'),
      type: { code: type[0] ?? '', event: type[1] ?? '', structure: type[2] ?? '' },
      controlId: segments[0]?.fields[10] ?? '',
    },
  };
}

const LINE_ENDS: Readonly<Record<string, 'CR' | 'LF' | 'CRLF'>> = { '\r': 'CR', '\n': 'LF', '\r\n': 'CRLF' };

function* linesOf(text: string): Generator<{ line: string; end: string }> {
  const ends = /\r\n|\r|\n/g;
  let at = 0;
  for (let found = ends.exec(text); found !== null; found = ends.exec(text)) {
    yield { line: text.slice(at, found.index), end: found[0] };
    at = ends.lastIndex;
  }
  yield { line: text.slice(at), end: '' };
}

function refuse(code: Hl7Fault['code'], message: string): Hl7Reading {
  return { ok: false, fault: { code, message } };
}

function readDelimiters(head: string): Hl7Delimiters | undefined {
  const [field, component, repetition, escape, subcomponent] = head.slice(3, 8);
  if (
    field === undefined ||
    component === undefined ||
    repetition === undefined ||
    escape === undefined ||
    subcomponent === undefined
  ) {
    return undefined;
  }
  const all = [field, component, repetition, escape, subcomponent];
  if (new Set(all).size !== 5 || all.some((one) => !/^[!-/:-@[-`{-~]$/.test(one))) return undefined;
  return { field, component, repetition, escape, subcomponent };
}

function readSegment(line: string, delimiters: Hl7Delimiters, rank: number, start: number): Hl7Segment | undefined {
  // One field too many is kept: it is what tells that there are too many.
  const parts = line.split(delimiters.field, MAX_FIELDS + 1);
  const name = parts[0] ?? '';
  if (!/^[A-Z][A-Z0-9]{2}$/.test(name)) return undefined;
  const fields = name === 'MSH' ? [name, delimiters.field, ...parts.slice(1)] : parts;
  return { name, fields, raw: line, rank, start };
}
