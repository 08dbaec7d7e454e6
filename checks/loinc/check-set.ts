import type { LoincRank } from '#formats/loinc/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { cellOf } from './check-file.ts';
import { RULES } from './rules.ts';
import type { LoincSubject } from './types.ts';

/** Lines told one by one; beyond, they are counted. */
const TOLD = 20;

/**
 * Judges files that were given together: the three exports name the same things, and each transcoded file repeats its export.
 * A file that is not there judges nothing.
 *
 * @returns findings by file name
 */
export function checkLoincSet(subjects: readonly LoincSubject[]): ReadonlyMap<string, readonly Finding[]> {
  const of = (rank: LoincRank): LoincSubject | undefined => subjects.find(({ file }) => file.layout.rank === rank);
  const findings = new Map<string, readonly Finding[]>();
  const add = (subject: LoincSubject, told: readonly Finding[]): void => {
    findings.set(subject.fileName, [...(findings.get(subject.fileName) ?? []), ...told]);
  };
  const tests = of(2);
  if (tests !== undefined) add(tests, crossed(tests, of(1), of(3)));
  for (const subject of subjects) {
    const { from } = subject.file.layout;
    const source = from === undefined ? undefined : of(from);
    if (source !== undefined) add(subject, repeated(subject, source));
  }
  return findings;
}

function crossed(tests: LoincSubject, chapters?: LoincSubject, analyses?: LoincSubject): readonly Finding[] {
  const report = openReport(RULES);
  const look = (
    key: 'chapterCode' | 'subChapterCode' | 'analysisCode',
    among: LoincSubject | undefined,
    what: string,
  ): void => {
    if (among === undefined) return;
    const known = new Set(among.file.rows.map((row) => cellOf(among, row, key)));
    const unknown = new Map<string, number>();
    for (const row of tests.file.rows) {
      const code = cellOf(tests, row, key);
      if (code !== '' && !known.has(code) && !unknown.has(code)) unknown.set(code, row.row);
    }
    for (const [code, row] of [...unknown].slice(0, TOLD)) {
      report.add('LOI-CROSS', {
        where: `${tests.fileName}, ligne ${row}`,
        received: `${what} ${code}, absent de ${among.fileName}`,
        expected: 'un code que l’autre export porte',
        remedy: 'Exportez les trois fichiers du même catalogue, le même jour.',
      });
    }
  };
  look('chapterCode', chapters, 'chapitre');
  look('subChapterCode', chapters, 'sous-chapitre');
  look('analysisCode', analyses, 'analyse');
  return report.findings;
}

function repeated(subject: LoincSubject, source: LoincSubject): readonly Finding[] {
  const report = openReport(RULES);
  const width = source.file.layout.columns.length;
  const given = subject.file.rows;
  const rows = source.file.rows;
  const remedy = 'Ajoutez les codes à droite de l’export, sans toucher à ses lignes ni à leur ordre.';
  if (given.length !== rows.length) {
    report.add('LOI-TRANSCODED', {
      where: subject.fileName,
      received: `${given.length} ligne(s)`,
      expected: `les ${rows.length} lignes de ${source.fileName}`,
      remedy,
    });
  }
  let different = 0;
  for (const [index, row] of rows.entries()) {
    const other = given[index];
    if (other === undefined) break;
    const place = row.cells.slice(0, width).findIndex((cell, at) => cell.trim() !== (other.cells[at] ?? '').trim());
    if (place === -1) continue;
    different += 1;
    if (different > TOLD) continue;
    report.add('LOI-TRANSCODED', {
      where: `${subject.fileName}, ligne ${other.row}, champ ${place + 1}`,
      received: `« ${other.cells[place] ?? ''} »`,
      expected: `« ${row.cells[place] ?? ''} », comme ${source.fileName} ligne ${row.row}`,
      remedy,
    });
  }
  if (different > TOLD) {
    report.add('LOI-TRANSCODED', {
      where: subject.fileName,
      received: `${different} lignes différentes en tout`,
      expected: `les lignes de ${source.fileName}`,
      remedy,
    });
  }
  return report.findings;
}
