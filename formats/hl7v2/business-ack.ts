import { component, fieldText, segments } from './access.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** One line of a business acknowledgement: a document reached the DMP, a mail was read… */
export interface Hl7BusinessLine {
  readonly segment: Hl7Segment;
  /** OBX-2. */
  readonly type: string;
  /** OBX-3: `ACK_RECEPTION_DMP`… and its coding system. */
  readonly code: string;
  readonly system: string;
  /** OBX-4: MSH-10 of the message that carried the document. */
  readonly about: string;
  /** OBX-5. */
  readonly value: string;
  readonly table: string;
  /** OBX-11. */
  readonly status: string;
}

/** An ERR segment. */
export interface Hl7Error {
  readonly segment: Hl7Segment;
  /** ERR-3.1, HL70357. */
  readonly code: string;
  /** ERR-4. */
  readonly severity: string;
  /** ERR-5.1 and ERR-5.2: code of the DMP or of the mail server, and its label. */
  readonly application: string;
  readonly text: string;
}

export interface Hl7BusinessAck {
  readonly lines: readonly Hl7BusinessLine[];
  readonly errors: readonly Hl7Error[];
}

/** The ERR of a message, in order. */
export function readErrors(message: Hl7Message): readonly Hl7Error[] {
  return segments(message, 'ERR').map((err) => ({
    segment: err,
    code: component(message, err.fields[3] ?? '', 1),
    severity: fieldText(message, err, 4),
    application: component(message, err.fields[5] ?? '', 1),
    text: component(message, err.fields[5] ?? '', 2),
  }));
}

/**
 * Reads a ZAM (Z01 receipt of the DMP, Z02 of MSSanté, Z03 reading). Source: protocols.md §7.5.
 * @returns undefined when the message is no ZAM
 */
export function readBusinessAck(message: Hl7Message): Hl7BusinessAck | undefined {
  if (message.type.code !== 'ZAM') return undefined;
  const lines = segments(message, 'OBX').map((obx) => ({
    segment: obx,
    type: fieldText(message, obx, 2),
    code: component(message, obx.fields[3] ?? '', 1),
    system: component(message, obx.fields[3] ?? '', 3),
    about: fieldText(message, obx, 4),
    value: component(message, obx.fields[5] ?? '', 1),
    table: component(message, obx.fields[5] ?? '', 3),
    status: fieldText(message, obx, 11),
  }));
  return { lines, errors: readErrors(message) };
}
