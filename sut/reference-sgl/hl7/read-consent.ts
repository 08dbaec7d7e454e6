import type { Hl7Message } from './message.ts';

/** Choices of a patient about his DMP, as the system that collects them tells them (ZFA). What is absent was not said. */
export interface ToldConsent {
  /** False: opposed to the feeding of his DMP. */
  readonly feeding?: boolean;
  /** False: opposed to its consultation. */
  readonly consultation?: boolean;
}

const FEEDING: Readonly<Record<string, boolean>> = { INO: true, IO: false };
const CONSULTATION: Readonly<Record<string, boolean>> = { IC: true, INC: false };

/** Reads ZFA-9 and ZFA-11. Source: protocols.md §7.6. `NA` says nothing. */
export function readConsent(message: Hl7Message): ToldConsent {
  const zfa = message.segment('ZFA');
  const feeding = FEEDING[zfa?.text(9) ?? ''];
  const consultation = CONSULTATION[zfa?.text(11) ?? ''];
  return {
    ...(feeding !== undefined && { feeding }),
    ...(consultation !== undefined && { consultation }),
  };
}
