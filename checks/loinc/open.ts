import { layoutOf, readLoincFile, readLoincName, type LoincFault, type LoincRank } from '#formats/loinc/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { RULES } from './rules.ts';
import type { LoincSubject } from './types.ts';

export type LoincOpening =
  | { readonly ok: true; readonly subject: LoincSubject }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads one of the six files. Its name says which one it is, unless somebody asked for a given one.
 *
 * @param rank the file that was asked for, whatever the name says
 */
export function openLoincFile(fileName: string, bytes: Uint8Array, rank?: LoincRank): LoincOpening {
  const report = openReport(RULES);
  const name = readLoincName(fileName);
  const layout = rank === undefined ? name?.layout : layoutOf(rank);
  if (layout === undefined) {
    report.add('LOI-NAME', {
      where: 'nom du fichier',
      received: fileName,
      expected: 'un nom qui commence par LOINC_1 à LOINC_6 : le banc ne sait pas lequel des six fichiers c’est',
      remedy: 'Nommez-le comme l’exigence le demande, puis rejouez.',
    });
    return { ok: false, findings: report.findings };
  }
  const reading = readLoincFile(bytes, layout);
  if (reading.ok)
    return { ok: true, subject: { fileName, file: reading.file, ...(name === undefined ? {} : { name }) } };
  report.add('LOI-READABLE', unreadable(fileName, reading.fault));
  return { ok: false, findings: report.findings };
}

export function unreadable(
  fileName: string,
  { row, message, remedy }: LoincFault,
): { readonly where: string; readonly received: string; readonly expected: string; readonly remedy: string } {
  return {
    where: row === undefined ? fileName : `${fileName}, ligne ${row}`,
    received: message,
    expected: 'un fichier .csv, en texte, séparé par des points-virgules',
    remedy,
  };
}
