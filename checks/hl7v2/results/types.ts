import type { Hl7Message, Hl7Segment } from '#formats/hl7v2/index.ts';
import type { JudgedRule } from '../../rule/index.ts';

/** An analysis that was validated in the product. */
export interface ValidatedResult {
  /** LOINC. */
  readonly code: string;
  readonly value: number;
  /** UCUM. */
  readonly unit: string;
}

export interface ResultOptions {
  /** Looked for in the message when given. */
  readonly validated?: readonly ValidatedResult[];
  readonly without?: readonly string[];
}

/** One OBX. Texts are unescaped, empty when absent. */
export interface Observation {
  readonly segment: Hl7Segment;
  /** OBX-2. */
  readonly type: string;
  /** OBX-3, both codings of the CE. */
  readonly codes: readonly { readonly code: string; readonly system: string }[];
  /** OBX-5, first repetition. */
  readonly value: string;
  /** OBX-6, both codings. */
  readonly units: readonly string[];
  /** OBX-11. */
  readonly status: string;
}

export interface ResultSubject {
  readonly message: Hl7Message;
  readonly observations: readonly Observation[];
  readonly options: ResultOptions;
}

export type ResultRule = JudgedRule<ResultSubject>;
