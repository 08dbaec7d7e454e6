import type { Report } from '../model/types.ts';
import texts from './mentions.json' with { type: 'json' };

/** Texts of a report that depend on what it holds; absent when none is due. */
export interface Mentions {
  /** At the head, with the name of the laboratory: activity, number and scope, then the meaning of the sign. */
  readonly accreditation: readonly string[];
  /** At the end: who made what this laboratory did not, and where to reach them. */
  readonly subcontracting: readonly string[];
  /** At the end: results that nobody reviewed. */
  readonly automaticValidation?: string;
  /** At the very end: what patients are told of their data. */
  readonly privacy?: string;
}

/** Sign put before the label of an accredited analysis. */
export const ACCREDITED_SIGN = '* ';

/** The mentions that a report owes, as the laboratory set them. */
export function mentionsOf(report: Report, faults: ReadonlySet<string>): Mentions {
  const { privacy = texts.privacy, automaticValidation = texts.automaticValidation } = report.texts ?? {};
  const accredited =
    report.results.some((result) => result.accredited === true) || faults.has('pdf-cofrac-sans-accreditation');
  const automatic = report.results.some((result) => result.withoutReview === true);
  const number = faults.has('pdf-cofrac-sans-numero') ? '' : `, n° ${texts.accreditationNumber}`;
  return {
    accreditation: accredited ? [`${texts.accreditedActivity}${number}, ${texts.scope}`, texts.sign] : [],
    subcontracting: report.results.flatMap(({ label, performedBy }) =>
      performedBy === undefined ? [] : [`${label} : réalisé par ${performedBy.name}, tél. ${performedBy.phone}.`],
    ),
    ...(automatic && !faults.has('pdf-sans-validation-automatique') ? { automaticValidation } : {}),
    ...(faults.has('pdf-sans-rgpd') ? {} : { privacy }),
  };
}
