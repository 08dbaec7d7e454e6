import { codesIn, hasRightCheckDigit, isLoincCode, type LoincColumnKey, type LoincRow } from '#formats/loinc/index.ts';
import type { Report } from '../report/index.ts';
import type { LoincRule } from './rules.ts';
import type { LoincSubject } from './types.ts';

export interface CodeOptions {
  /** Codes of the « circuit de la biologie »; without, only the form of the codes is judged. */
  readonly valueSet?: ReadonlySet<string>;
}

/** Columns of codes of the transcoded files, and what each is the code of. */
const CODED: readonly (readonly [code: LoincColumnKey, item: LoincColumnKey, what: string])[] = [
  ['chapterLoinc', 'chapterLabel', 'chapitre'],
  ['subChapterLoinc', 'subChapterLabel', 'sous-chapitre'],
  ['testLoinc', 'testLabel', 'examen'],
  ['analysisLoinc', 'analysisLabel', 'analyse'],
];

/** Judges the LOINC codes of a transcoded file. */
export function judgeCodes(subject: LoincSubject, report: Report<LoincRule>, { valueSet }: CodeOptions): void {
  const { fileName, file } = subject;
  const { columns } = file.layout;
  const analyses = new Map<string, { readonly row: LoincRow; readonly codes: ReadonlySet<string> }>();
  for (const row of file.rows) {
    if (row.cells.length < columns.length) continue;
    const where = `${fileName}, ligne ${row.row}`;
    for (const [key, item, what] of CODED) {
      const place = columns.findIndex((column) => column.key === key);
      const named = columns.findIndex((column) => column.key === item);
      const label = (row.cells[named] ?? '').trim();
      // A chapter without sub-chapter has nothing to code there.
      if (place === -1 || label === '') continue;
      const codes = codesOf(row, place, columns.length);
      if (codes.length === 0) {
        report.add('LOI-CODE-ABSENT', {
          where: `${where}, champ ${place + 1}`,
          received: `aucun code pour ${what} « ${label} »`,
          expected: 'un code LOINC',
          remedy: 'Transcodez cette ligne, ou dites pourquoi LOINC n’a rien pour elle.',
        });
      }
      for (const code of codes) judgeCode(code, `${where}, champ ${place + 1}`, report, valueSet);
      if (key === 'analysisLoinc') analyses.set(...merged(subject, row, codes, analyses));
    }
  }
  for (const [analysis, { row, codes }] of analyses) {
    if (codes.size < 2) continue;
    report.add('LOI-CODE-ONE', {
      where: `${fileName}, ligne ${row.row}`,
      received: `${[...codes].join(', ')} pour l’analyse ${analysis}`,
      expected: 'un seul code LOINC',
      remedy: 'Choisissez le code qui dit l’analyse : le logiciel refuse celles qui en ont plusieurs.',
    });
  }
}

/** Those of its cell, and those that a transcoder added to the right of the last column. */
function codesOf({ cells }: LoincRow, place: number, columns: number): readonly string[] {
  const added = cells.slice(columns).filter((cell) => isLoincCode(cell.trim()));
  return [...codesIn(cells[place] ?? ''), ...(place + 2 === columns ? added.map((cell) => cell.trim()) : [])];
}

function judgeCode(code: string, where: string, report: Report<LoincRule>, valueSet?: ReadonlySet<string>): void {
  if (!isLoincCode(code) || !hasRightCheckDigit(code)) {
    report.add('LOI-CODE', {
      where,
      received: code,
      expected: 'un code LOINC nnnnn-c dont c est juste',
      remedy: 'Corrigez la table de transcodage : ce code n’existe pas en LOINC.',
    });
    return;
  }
  if (valueSet === undefined || valueSet.has(code)) return;
  report.add('LOI-CODE-VALUE-SET', {
    where,
    received: `${code}, hors du jeu de valeurs donné (${valueSet.size} codes)`,
    expected: 'un code du jeu de valeurs « circuit de la biologie », dans sa dernière version',
    remedy: 'Choisissez un code du jeu de valeurs, ou mettez à jour le jeu donné au banc.',
  });
}

function merged(
  { file: { layout } }: LoincSubject,
  row: LoincRow,
  codes: readonly string[],
  known: ReadonlyMap<string, { readonly row: LoincRow; readonly codes: ReadonlySet<string> }>,
): [string, { readonly row: LoincRow; readonly codes: ReadonlySet<string> }] {
  const analysis = (row.cells[layout.columns.findIndex(({ key }) => key === 'analysisCode')] ?? '').trim();
  return [analysis, { row, codes: new Set([...(known.get(analysis)?.codes ?? []), ...codes]) }];
}
