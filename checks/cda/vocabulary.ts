/** OIDs and codes of the CI-SIS header. Source: facts on protocols §0.1 and §8, facts on CDA §7. */
export const OID = {
  loinc: '2.16.840.1.113883.6.1',
  confidentiality: '2.16.840.1.113883.5.25',
  professionals: '1.2.250.1.71.4.2.1',
  structures: '1.2.250.1.71.4.2.2',
  sector: '1.2.250.1.71.4.2.4',
  practiceSetting: '1.2.250.1.213.1.1.4.9',
  authorSpecialty: '1.2.250.1.213.1.1.4.5',
  nonProfessionals: '1.2.250.1.213.1.1.4.6',
  dmp: '1.2.250.1.213.4.1',
  insC: '1.2.250.1.213.1.4.2',
} as const;

export const TEMPLATE = {
  hl7France: '2.16.840.1.113883.2.8.2.1',
  ciSis: '1.2.250.1.213.1.1.1.1',
  xdsSd: '1.3.6.1.4.1.19376.1.2.20',
  ihePalm: '1.3.6.1.4.1.19376.1.3.3',
  crBio: '1.2.250.1.213.1.1.1.55',
  bioChapter: '1.3.6.1.4.1.19376.1.3.3.2.1',
  bioChapterFr: '1.2.250.1.213.1.1.2.70',
  bioSubChapter: '1.3.6.1.4.1.19376.1.3.3.2.2',
  bioEntry: '1.2.250.1.213.1.1.3.21',
  bioResult: '1.2.250.1.213.1.1.3.80',
  pdfCopy: '1.2.250.1.213.1.1.2.243',
} as const;

/** LOINC of the biology report. */
export const BIOLOGY_REPORT = '11502-2';

/** Requirements of the two forms of report; a finding keeps only the one of its document. */
export const N3 = 'DOC/va1.30';
export const N1 = 'DOC/va1.27';
export const BOTH: readonly string[] = [N3, N1];
/** Identity block: what may be sent also depends on the status of the identity. */
export const IDENTITY: readonly string[] = [N3, N1, 'INS/va1.59'];

export const STRUCT = (section: string): string => `CI-SIS, Structuration minimale des documents de santé, ${section}`;
export const BIO = (section: string): string => `CI-SIS, volet CR-BIO 2024.01, ${section}`;

const OID_SHAPE = /^[0-2](\.(0|[1-9]\d*))+$/;

export function isOid(text: string): boolean {
  return text.length <= 64 && OID_SHAPE.test(text);
}
