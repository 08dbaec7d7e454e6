import type { Judgement } from './judge.ts';

/**
 * What the receiver can play (protocols.md annex B.3, HL7):
 * `ae-203` and `ae-207-902` refuse a good message; `sans-accuse` never answers; `accuse-tardif` answers after
 * `delayMs` (10 s when absent); `coupure` closes the connection instead of answering.
 */
export const HL7_SITUATIONS = ['ae-203', 'ae-207-902', 'sans-accuse', 'accuse-tardif', 'coupure'] as const;

/** The refusal that a situation forces; undefined for those that are no refusal. */
export function forcedRefusal(situation: string | undefined): Judgement | undefined {
  if (situation === 'ae-203') {
    return {
      code: 'AE',
      error: { code: '203', text: 'Unsupported version id', location: 'MSH^1^12' },
      outcome: 'acquitté AE 203 (situation demandée au banc)',
    };
  }
  if (situation === 'ae-207-902') {
    return {
      code: 'AE',
      error: {
        code: '207',
        text: 'Application internal error',
        location: 'PID^1^3',
        application: { code: '902', text: 'Patient inconnu' },
      },
      outcome: 'acquitté AE 207, erreur applicative 902 (situation demandée au banc)',
    };
  }
  return undefined;
}
