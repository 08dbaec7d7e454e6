import type { Audience, BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { buildLetter, buildN1, buildN3 } from './cda.ts';
import { documentsApart } from './audiences.ts';
import { buildPdf } from './pdf.ts';

/**
 * The three forms of a validated report: CDA N3 and N1 for the DMP, CDA N3 and PDF/A-1 for MSSanté (domain.md §3.3).
 * The same PDF is the body of the N1, the copy inside the N3 and the attachment of the mail.
 *
 * Identifiers are new at each call. The INS is written only when the identity of the patient is qualified.
 *
 * @param faults those that begin with `cda-` write the documents wrong, those with `pdf-` the paper, and nothing else
 * @throws {SglError} `OID_TROP_LONG` when the configured OID root is too long to number documents under it
 */
export async function buildReportDocuments(
  report: Report,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<{ n3: BuiltDocument; n1: BuiltDocument; pdf: BuiltDocument; others?: BuiltDocument[] }> {
  const pdf = await buildPdf(report, config, faults);
  const build = (kind: 'cda-n3' | 'cda-n1', audience?: Audience): BuiltDocument =>
    (kind === 'cda-n3' ? buildN3 : buildN1)(report, pdf, config, faults, audience);
  if (report.split === true) return { ...documentsApart(report, build, faults), pdf };
  const n1 = faults.has('cda-n1-est-n3') ? { ...build('cda-n3'), kind: 'cda-n1' as const } : build('cda-n1');
  return { n3: build('cda-n3'), n1, pdf };
}

export { buildLetter };
export { selfPresenting } from './self-presenting.ts';

export { hiddenFrom, natureOf, NORMAL_CONFIDENTIALITY, PRACTICE_SETTING, REPORT_TITLE, REPORT_TYPE } from './codes.ts';
export { systemOf } from './actors.ts';
export { byChapter, type Coded, qualification, sector } from './codes.ts';
export { civility, displayName, firstGiven, withoutAccents } from './names.ts';
export { authority, newOid } from './oids.ts';
export { frenchDate, frenchDateTime, localTime, offsetTime, utcTime } from './times.ts';
