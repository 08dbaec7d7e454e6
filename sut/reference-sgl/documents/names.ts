import type { Patient, Professional, Report } from '../model/types.ts';
import { REPORT_TYPE } from './codes.ts';
import { localTime } from './times.ts';

/** Upper case, without accents nor ligatures; hyphens, apostrophes and spaces stay. */
export function withoutAccents(text: string): string {
  return text
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .replaceAll('æ', 'ae')
    .replaceAll('Æ', 'AE')
    .replaceAll('’', "'")
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

/** First given name of the birth certificate. */
export function firstGiven(patient: Patient): string {
  return patient.traits.firstNames[0] ?? '';
}

/** `DR` / `PR` of JDV_J246 and `M` / `MME` of JDV_J245, from the title of the directory. */
export function civility(person: Professional): { prefix?: 'M' | 'MME'; suffix?: 'DR' | 'PR' } {
  const title = (person.title ?? '').toUpperCase().replace('.', '');
  if (/^(DR|DOCTEUR)$/.test(title)) return { suffix: 'DR' };
  if (/^(PR|PROFESSEUR)$/.test(title)) return { suffix: 'PR' };
  if (/^(M|MONSIEUR)$/.test(title)) return { prefix: 'M' };
  if (/^(MME|MADAME)$/.test(title)) return { prefix: 'MME' };
  return {};
}

/** `Dr Prénom NOM`, for people. */
export function displayName(person: Professional): string {
  const { prefix, suffix } = civility(person);
  const title =
    suffix === 'DR' ? 'Dr ' : suffix === 'PR' ? 'Pr ' : prefix === 'MME' ? 'Mme ' : prefix === 'M' ? 'M. ' : '';
  return `${title}${person.firstName} ${person.lastName}`;
}

/**
 * Name of the PDF: `<date de l'acte>_<type>_<NOM>_<prenom>.pdf` (MSSanté ECO 2.1.6). Accents are taken off and what a
 * file system refuses becomes a hyphen; the underscore stays the separator.
 */
export function pdfFileName(report: Report): string {
  const patient = report.patient;
  const parts = [
    localTime(report.sampledAt).slice(0, 8),
    REPORT_TYPE.label,
    withoutAccents(patient.traits.birthName).toUpperCase(),
    withoutAccents(firstGiven(patient)),
  ];
  return `${parts.map((part) => part.replace(/[\\/:*?"<>|_\p{Cc}]/gu, '-')).join('_')}.pdf`;
}
