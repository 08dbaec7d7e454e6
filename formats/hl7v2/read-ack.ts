import { component, fieldText, segment } from './access.ts';
import type { Hl7Message } from './types.ts';

/** A technical acknowledgement, as read. */
export interface Hl7Ack {
  /** MSA-1: `AA`, `AE`, `AR`, or whatever was sent. */
  readonly code: string;
  /** MSA-2: control id of the message that is acknowledged. */
  readonly controlId: string;
  readonly error?: {
    /** ERR-2 as sent. */
    readonly location: string;
    /** ERR-3.1 and ERR-3.2. */
    readonly code: string;
    readonly text: string;
    /** ERR-5.1. */
    readonly application: string;
    /** ERR-7 or ERR-8: words for the user. */
    readonly message: string;
  };
}

/** @returns undefined when the message holds no MSA: it acknowledges nothing */
export function readAck(message: Hl7Message): Hl7Ack | undefined {
  const msa = segment(message, 'MSA');
  if (msa === undefined) return undefined;
  const err = segment(message, 'ERR');
  return {
    code: fieldText(message, msa, 1),
    controlId: fieldText(message, msa, 2),
    ...(err === undefined
      ? {}
      : {
          error: {
            location: err.fields[2] ?? '',
            code: component(message, err.fields[3] ?? '', 1),
            text: component(message, err.fields[3] ?? '', 2),
            application: component(message, err.fields[5] ?? '', 1),
            message: fieldText(message, err, 8) || fieldText(message, err, 7),
          },
        }),
  };
}
