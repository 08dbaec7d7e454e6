import type { Hl7Encoding } from './charset.ts';

/** Separators that the message itself declares in MSH-1 and MSH-2. */
export interface Hl7Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export interface Hl7Segment {
  readonly name: string;
  /** Index = HL7 field number, still escaped; index 0 is the segment name. For MSH, 1 is the separator, 2 the encoding characters. */
  readonly fields: readonly string[];
  /** Whole segment as sent, decoded. */
  readonly raw: string;
  /** 1-based rank in the message. */
  readonly rank: number;
  /** Where its first byte is in `Hl7Message.raw`, from 0. */
  readonly start: number;
}

export interface Hl7Message {
  /** Bytes as received, MLLP framing removed. */
  readonly raw: Uint8Array;
  readonly delimiters: Hl7Delimiters;
  /** What MSH-18 says; UTF-8 when it says nothing. */
  readonly encoding: Hl7Encoding;
  readonly segments: readonly Hl7Segment[];
  /** How segments end: only `CR` is the standard's. */
  readonly lineEnd: 'CR' | 'LF' | 'CRLF' | 'mixed';
  /** MSH-9 components: code, event, structure. */
  readonly type: { readonly code: string; readonly event: string; readonly structure: string };
  /** MSH-10. */
  readonly controlId: string;
}

export interface Hl7Fault {
  readonly code:
    | 'HL7_NO_MSH'
    | 'HL7_DELIMITERS'
    | 'HL7_BAD_SEGMENT'
    | 'HL7_TOO_LARGE'
    | 'HL7_ENCODING'
    | 'MLLP_FRAMING';
  /** French sentence. */
  readonly message: string;
}

export type Hl7Reading =
  | { readonly ok: true; readonly message: Hl7Message }
  | { readonly ok: false; readonly fault: Hl7Fault };
