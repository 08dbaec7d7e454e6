import type { VeraPdfReport } from '#formats/verapdf/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { findingOf } from '../rule/index.ts';

export const PROVED = {
  id: 'PDF-A1-PROVED',
  layer: 'business',
  severity: 'error',
  requirements: ['DOC/va1.01'],
  source: 'ISO 19005-1 (PDF/A-1), rapport de veraPDF',
  title: 'veraPDF ne trouve aucun écart à PDF/A-1.',
  expected: 'un fichier conforme au profil PDF/A-1 (a ou b)',
  remedy: 'Corrigez la production du fichier au paragraphe cité de la norme, puis repassez veraPDF.',
} as const;

const MAX_TOLD = 50;

/** Judges what veraPDF says of a file: each rule of PDF/A-1 that it found broken. */
export function checkVeraPdf(report: VeraPdfReport): readonly Finding[] {
  if (!/PDF\/A-1/i.test(report.profile)) {
    const received = report.profile === '' ? 'aucun profil nommé' : report.profile;
    return [findingOf(PROVED, { where: 'rapport de veraPDF, profil', received })];
  }
  if (report.compliant) return [];
  if (report.failed.length === 0) {
    return [findingOf(PROVED, { where: 'rapport de veraPDF', received: 'non conforme, sans règle nommée' })];
  }
  return report.failed.slice(0, MAX_TOLD).map(({ specification, clause, testNumber, description, failedChecks }) =>
    findingOf(PROVED, {
      where: `${specification}, ${clause} (test ${testNumber})`,
      received: `${failedChecks} écart(s) : ${description}`,
    }),
  );
}
