import type { LoincColumnKey, LoincRow } from '#formats/loinc/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { cellOf } from './check-file.ts';
import { RULES } from './rules.ts';
import type { Catalogue, LoincSubject } from './types.ts';

/** What one line of an export must say; a value that the product does not show is not asked for. */
type Line = Readonly<Partial<Record<LoincColumnKey, string>>>;

const TOLD = 10;

/**
 * Judges an export by the catalogue that the product shows: every element is there, each datum in its field, and nothing
 * that the catalogue does not have. Without this, no rule could tell two fields written one for the other.
 */
export function checkLoincExport(subject: LoincSubject, catalogue: Catalogue): readonly Finding[] {
  const report = openReport(RULES);
  const { file, fileName } = subject;
  const { rank, columns } = file.layout;
  const expected = linesOf(rank, catalogue);
  const left = new Set(file.rows.filter(({ cells }) => cells.length >= columns.length));
  const missing = expected.filter((line) => {
    const row = [...left].find((one) => says(subject, one, line));
    if (row !== undefined) left.delete(row);
    return row === undefined;
  });
  const labelOf = (key: string): string => columns.find((column) => column.key === key)?.label ?? key;
  const shown = (line: Line): string =>
    Object.entries(line)
      .map(([key, value]) => `${labelOf(key)} « ${value} »`)
      .join(', ');
  for (const line of missing.slice(0, TOLD)) {
    report.add('LOI-EXPORT-CONTENT', {
      where: fileName,
      received: 'aucune ligne ne le dit',
      expected: shown(line),
      remedy: 'Exportez tout le catalogue, chaque donnée dans le champ qui est le sien.',
    });
  }
  if (missing.length > TOLD) {
    report.add('LOI-EXPORT-CONTENT', {
      where: fileName,
      received: `${missing.length} éléments du catalogue en tout n’y sont pas`,
      expected: `les ${expected.length} éléments que le produit montre`,
      remedy: 'Exportez tout le catalogue.',
    });
  }
  // A chapter may have a line of its own beside those of its sub-chapters.
  const strangers = [...left].filter((row) => rank !== 1 || !isChapterAlone(subject, row, catalogue));
  for (const row of strangers.slice(0, TOLD)) {
    report.add('LOI-EXPORT-CONTENT', {
      where: `${fileName}, ligne ${row.row}`,
      received: row.cells.slice(0, columns.length).join(' ; '),
      expected: 'un élément du catalogue que le produit montre, chaque donnée dans son champ',
      remedy: 'Comparez cette ligne au catalogue : ordre des champs, élément retiré, ligne répétée.',
    });
  }
  return report.findings;
}

function says(subject: LoincSubject, row: LoincRow, line: Line): boolean {
  return Object.entries(line).every(([key, value]) => cellOf(subject, row, key as LoincColumnKey) === value.trim());
}

function isChapterAlone(subject: LoincSubject, row: LoincRow, { chapters }: Catalogue): boolean {
  const cell = (key: LoincColumnKey): string => cellOf(subject, row, key);
  return (
    cell('subChapterCode') === '' &&
    cell('subChapterLabel') === '' &&
    chapters.some(({ code = '', label }) => code === cell('chapterCode') && label === cell('chapterLabel'))
  );
}

function linesOf(rank: number, { chapters, tests, analyses }: Catalogue): readonly Line[] {
  if (rank === 1) {
    return chapters.flatMap(({ code, label, subChapters }): readonly Line[] => {
      const chapter: Line = { ...(code === undefined ? {} : { chapterCode: code }), chapterLabel: label };
      if (subChapters.length === 0) return [{ ...chapter, subChapterLabel: '' }];
      return subChapters.map((sub) => ({
        ...chapter,
        ...(sub.code === undefined ? {} : { subChapterCode: sub.code }),
        subChapterLabel: sub.label,
      }));
    });
  }
  if (rank === 2) {
    const labels = new Map(analyses.map(({ code, label }) => [code, label]));
    return tests.flatMap((test) =>
      test.analyses.map((analysis): Line => {
        const label = labels.get(analysis);
        return {
          testCode: test.code,
          testLabel: test.label,
          ...(test.chapterCode === undefined ? {} : { chapterCode: test.chapterCode }),
          ...(test.subChapterCode === undefined ? {} : { subChapterCode: test.subChapterCode }),
          analysisCode: analysis,
          ...(label === undefined ? {} : { analysisLabel: label }),
        };
      }),
    );
  }
  return analyses.map(({ code, label, unitLabel, specimenLabel }) => ({
    analysisCode: code,
    analysisLabel: label,
    ...(unitLabel === undefined ? {} : { unitLabel }),
    ...(specimenLabel === undefined ? {} : { specimenLabel }),
  }));
}
