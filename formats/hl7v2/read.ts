import type { Hl7Delimiters, Hl7Fault, Hl7Reading, Hl7Segment } from './types.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/** MSH-18 (HL70211) to encoding labels; the two that the French volets name, and plain ASCII. */
const CHARACTER_SETS: Readonly<Record<string, string>> = {
  '': 'utf-8',
  ASCII: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  '8859/1': 'iso-8859-1',
  '8859/15': 'iso-8859-15',
};

/**
 * Reads an HL7 v2 message: separators from MSH, segments ended by CR (CRLF and LF tolerated, official samples have them),
 * characters as MSH-18 says. Field contents stay escaped; see `unescapeHl7`.
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
  const encoding = CHARACTER_SETS[declared.split(delimiters.repetition)[0]?.trim().toUpperCase() ?? ''];
  if (encoding === undefined)
    return refuse('HL7_ENCODING', `Le jeu de caractères MSH-18 « ${declared} » n'est pas connu.`);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(raw);
  } catch {
    return refuse('HL7_ENCODING', `Le message contient des octets qui ne sont pas du ${encoding} valide.`);
  }
  const segments: Hl7Segment[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '') continue;
    const segment = readSegment(line, delimiters, segments.length + 1);
    if (segment === undefined) {
      return refuse('HL7_BAD_SEGMENT', `Le segment ${segments.length + 1} ne commence pas par un nom de segment.`);
    }
    segments.push(segment);
  }
  const type = (segments[0]?.fields[9] ?? '').split(delimiters.component);
  return {
    ok: true,
    message: {
      raw,
      delimiters,
      encoding,
      segments,
      type: { code: type[0] ?? '', event: type[1] ?? '', structure: type[2] ?? '' },
      controlId: segments[0]?.fields[10] ?? '',
    },
  };
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
  if (new Set(all).size !== 5 || all.some((one) => /[A-Za-z0-9\s]/.test(one))) return undefined;
  return { field, component, repetition, escape, subcomponent };
}

function readSegment(line: string, delimiters: Hl7Delimiters, rank: number): Hl7Segment | undefined {
  const parts = line.split(delimiters.field);
  const name = parts[0] ?? '';
  if (!/^[A-Z][A-Z0-9]{2}$/.test(name)) return undefined;
  const fields = name === 'MSH' ? [name, delimiters.field, ...parts.slice(1)] : parts;
  return { name, fields, raw: line, rank };
}
