import { escapeHl7 } from './access.ts';
import { encodeHl7 } from './charset.ts';
import { hl7Time } from './time.ts';
import type { Hl7Message } from './types.ts';

export interface AckParts {
  /** MSA-1. */
  readonly code: 'AA' | 'AE' | 'AR';
  /** MSH-10 of the acknowledgement. */
  readonly controlId: string;
  /** MSH-7, written in UTC with its offset. */
  readonly at: Date;
  readonly error?: {
    /** ERR-2, `PID^1^3`: segment, its number, field; the circumflex becomes the separator of the message. */
    readonly location?: string;
    /** ERR-3.1, HL70357 (`101`, `203`, `207`…) and its label. */
    readonly code: string;
    readonly text: string;
    /** ERR-5.1, HL70533 (`900` to `906`) and its label. */
    readonly application?: { readonly code: string; readonly text: string };
  };
}

/** Name under which the French volets write table 0357 in ERR-3.3 (protocols.md §7.5). */
const ERROR_TABLE = 'messageErrorCondition';

/**
 * Builds the acknowledgement of a message, with the separators and characters of that message, sender and receiver
 * swapped. Source: HL7 v2.5 §2.9; protocols.md §7.1 and §7.5.
 *
 * @returns bytes without MLLP framing, segments ended by CR
 */
export function buildAck(message: Hl7Message, parts: AckParts): Uint8Array {
  const { delimiters: d, type } = message;
  const msh = message.segments[0]?.fields ?? [];
  const of = (index: number): string => msh[index] ?? '';
  const join = (...fields: readonly string[]): string => fields.join(d.field).replace(new RegExp(`\\${d.field}+$`), '');
  const coded = (code: string, text: string, table: string): string =>
    [code, escapeHl7(text, d), table].join(d.component);
  const header =
    `MSH${d.field}${of(2)}${d.field}` +
    join(
      of(5),
      of(6),
      of(3),
      of(4),
      hl7Time(parts.at),
      '',
      ['ACK', type.event, 'ACK'].join(d.component),
      parts.controlId,
      of(11),
      of(12),
      '',
      '',
      '',
      '',
      of(17),
      of(18),
    );
  const segments = [header, join('MSA', parts.code, message.controlId)];
  if (parts.error !== undefined) {
    const { location = '', code, text, application } = parts.error;
    segments.push(
      join(
        'ERR',
        '',
        location.replaceAll('^', d.component),
        coded(code, text, ERROR_TABLE),
        'E',
        application === undefined ? '' : coded(application.code, application.text, 'HL70533'),
      ),
    );
  }
  return encodeHl7(`${segments.join('\r')}\r`, message.encoding);
}
