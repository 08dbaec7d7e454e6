import { unescapeHl7 } from './access.ts';
import { byteLength, decodeHl7, encodingOf, type Hl7Encoding } from './charset.ts';
import type { Hl7Delimiters, Hl7Fault, Hl7Message, Hl7Reading, Hl7Segment } from './types.ts';

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
  const head = headOf(raw);
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
    return refuse(
      'HL7_ENCODING',
      `Le message contient des octets qui ne sont pas du ${encoding} valide (MSH-18 « ${declared.slice(0, 40)} »)${firstUndecoded(raw, encoding)}.`,
    );
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
      return refuse('HL7_BAD_SEGMENT', misread(line, rank, segments.at(-1)?.name ?? ''));
    }
    if (segment.fields.length > MAX_FIELDS) {
      return refuse('HL7_TOO_LARGE', `Le segment ${rank} (${segment.name}) dépasse ${MAX_FIELDS} champs.`);
    }
    segments.push(segment);
  }
  return {
    ok: true,
    message: {
      raw,
      delimiters,
      encoding,
      segments,
      lineEnd: ends.size > 1 ? 'mixed' : (LINE_ENDS[[...ends][0] ?? '\r'] ?? 'CR'),
      ...identityOf(segments, delimiters),
    },
  };
}

/** MSH is read from here: far more than its fields may take. */
const HEAD_BYTES = 8192;

function headOf(raw: Uint8Array): string {
  return Buffer.from(raw.subarray(0, HEAD_BYTES))
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '');
}

/** Where the first bytes are that are not of the encoding: `, à partir du segment 3 (PID)`. */
function firstUndecoded(raw: Uint8Array, encoding: Hl7Encoding): string {
  let rank = 0;
  for (let at = 0; at < raw.length;) {
    const ends = [raw.indexOf(0x0d, at), raw.indexOf(0x0a, at)].filter((end) => end !== -1);
    const end = ends.length === 0 ? raw.length : Math.min(...ends);
    const line = raw.subarray(at, end);
    if (line.length > 0) rank += 1;
    if (decodeHl7(line, encoding) === undefined) {
      return `, à partir du segment ${rank} (${Buffer.from(line.subarray(0, 3)).toString('latin1')})`;
    }
    at = end + 1;
  }
  return '';
}

/** The usual reason is a line end inside a field, such as those of a base64 folded into lines. */
function misread(line: string, rank: number, before: string): string {
  const begins = line.slice(0, 20).replaceAll(/\p{Cc}/gu, '·');
  return `Le segment ${rank} commence par « ${begins} », qui n’est pas un nom de segment : un retour à la ligne coupe-t-il un champ de ${before || 'MSH'} ?`;
}

/**
 * The header of a message that `readHl7` refuses, for whoever must answer it all the same: separators and MSH fields, any
 * character that is not ASCII replaced by `?`. Its encoding is UTF-8, whatever it said.
 *
 * @returns undefined when there is no MSH, or one without usable separators
 */
export function readHl7Header(raw: Uint8Array): Hl7Message | undefined {
  const head = headOf(raw);
  const delimiters = head.startsWith('MSH') ? readDelimiters(head) : undefined;
  if (delimiters === undefined) return undefined;
  const line = (head.split(/[\r\n]/, 1)[0] ?? '').replaceAll(/[^ -~]/g, '?');
  const read = readSegment(line, delimiters, 1, 0);
  if (read === undefined) return undefined;
  const fields = read.fields.map((field, index) => (index === 18 ? 'UNICODE UTF-8' : field));
  const segments = [{ ...read, fields }];
  return { raw, delimiters, encoding: 'utf-8', segments, lineEnd: 'CR', ...identityOf(segments, delimiters) };
}

/** MSH-9 and MSH-10. */
function identityOf(
  segments: readonly Hl7Segment[],
  { component }: Hl7Delimiters,
): Pick<Hl7Message, 'type' | 'controlId'> {
  const [code = '', event = '', structure = ''] = (segments[0]?.fields[9] ?? '').split(component, 3);
  return { type: { code, event, structure }, controlId: segments[0]?.fields[10] ?? '' };
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
