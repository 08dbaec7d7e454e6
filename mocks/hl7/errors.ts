import type { AckParts } from '#formats/hl7v2/index.ts';
import table from './situations.json' with { type: 'json' };

const TEXTS: Readonly<Record<string, string>> = table.errors;
const APPLICATIONS: Readonly<Record<string, string>> = table.applications;

/** What a technical acknowledgement says (protocols.md §7.5): accepted, or refused with its HL70357 code. */
export type Judgement = Pick<AckParts, 'code' | 'error'> & {
  /** French, for the journal. */
  readonly outcome: string;
};

/**
 * An error of an acknowledgement, with the texts of its codes.
 * @param code HL70357
 * @param location ERR-2, `PID^1^3`
 * @param application HL70533
 */
export function ackError(code: string, location: string, application?: string): NonNullable<AckParts['error']> {
  return {
    code,
    text: TEXTS[code] ?? 'Unknown error',
    location,
    ...(application === undefined ? {} : { application: { code: application, text: APPLICATIONS[application] ?? '' } }),
  };
}
