import type { Audience, BuiltDocument, Confidentiality, Report } from '../model/types.ts';

/** What each of two copies hides: the professionals' from the patient, the patient's from the professionals. */
export const HIDDEN: Readonly<Record<Audience, Confidentiality>> = {
  professionnel: { hiddenFromPatient: true, hiddenFromLegalRepresentatives: true },
  patient: { hiddenFromProfessionals: true },
};

type Build = (kind: 'cda-n3' | 'cda-n1', audience: Audience) => BuiltDocument;

/**
 * Two copies of each document, one for the professionals and one for the patient (DOC/va1.36): each is hidden from those
 * who have the other. What the user asked to hide besides stays hidden in the copy that it may concern.
 */
export function documentsApart(
  report: Report,
  build: Build,
  faults: ReadonlySet<string>,
): { n3: BuiltDocument; n1: BuiltDocument; others: BuiltDocument[] } {
  const legal = report.confidentiality?.hiddenFromLegalRepresentatives === true;
  const copy = (kind: 'cda-n3' | 'cda-n1', audience: Audience): BuiltDocument => {
    const hidden = { ...HIDDEN[audience], ...(legal && { hiddenFromLegalRepresentatives: true }) };
    const document = build(kind, audience);
    return faults.has('dmp-deux-versions-visibles') ? document : { ...document, confidentiality: hidden };
  };
  return {
    n3: copy('cda-n3', 'professionnel'),
    n1: copy('cda-n1', 'professionnel'),
    others: faults.has('dmp-sans-version-patient') ? [] : [copy('cda-n3', 'patient'), copy('cda-n1', 'patient')],
  };
}
