import { loincName, SEPARATOR, type LoincColumnKey, type LoincRow } from '#formats/loinc/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { openReport, type Report } from '../report/index.ts';
import { judgeCodes, type CodeOptions } from './codes.ts';
import { unreadable } from './open.ts';
import { RULES, type LoincRule } from './rules.ts';
import type { LoincSubject } from './types.ts';

/** Lines that the scenarios ask an export to have. */
const TEN = 10;

export interface FileOptions extends CodeOptions {
  /** Day of the export, `YYYY-MM-DD` in France; the date of the name must be that one. */
  readonly exportedOn?: string;
  /** Whether it is the file that a scenario asks for, of ten lines at least. */
  readonly trial?: boolean;
}

/** Judges one of the six files by itself: name, separator, fields, mandatory data, codes. */
export function checkLoincFile(subject: LoincSubject, options: FileOptions = {}): readonly Finding[] {
  const report = openReport(RULES);
  const { file, fileName } = subject;
  const { layout, rows, stopped, notes, separator } = file;
  judgeName(subject, report, options.exportedOn);
  for (const note of notes) {
    report.add('LOI-ENCODING', {
      where: fileName,
      received: note,
      expected: 'UTF-8',
      remedy: 'Écrivez le fichier en UTF-8.',
    });
  }
  if (stopped !== undefined) report.add('LOI-READABLE', unreadable(fileName, stopped));
  const separated = rows.some(({ cells }) => cells.length > 1);
  if (separator !== SEPARATOR && separated) {
    report.add('LOI-SEPARATOR', {
      where: `${fileName}, ligne ${rows[0]?.row ?? 1}`,
      received: separator === '\t' ? 'des tabulations' : `des « ${separator} »`,
      expected: 'des points-virgules (code ASCII 59)',
      remedy: 'Séparez les données par « ; », sans autre séparateur.',
    });
  }
  if (rows.length === 0) {
    report.add('LOI-READABLE', {
      where: fileName,
      received: 'aucune ligne de données',
      expected: 'une ligne par élément du catalogue',
      remedy: 'Vérifiez l’export : rien n’a été écrit.',
    });
    return report.findings;
  }
  for (const row of rows) judgeRow(subject, row, report);
  if (options.trial === true && layout.from === undefined && rows.length < TEN) {
    report.add('LOI-TEN', {
      where: fileName,
      received: `${rows.length} ligne(s)`,
      expected: `${TEN} lignes au moins`,
      remedy: 'Remplissez le catalogue du produit testé avant l’export.',
    });
  }
  judgeRepeats(subject, report);
  if (layout.from !== undefined) judgeCodes(subject, report, options);
  return report.findings;
}

function judgeName({ fileName, name, file }: LoincSubject, report: Report<LoincRule>, exportedOn?: string): void {
  if (name?.right !== true || name.layout !== file.layout) {
    report.add('LOI-NAME', {
      where: 'nom du fichier',
      received: fileName,
      expected: loincName(file.layout, exportedOn ?? 'AAAA-MM-JJ'),
      remedy: 'Donnez exactement ce nom, avec la date en huit chiffres et l’extension en minuscules.',
    });
    return;
  }
  if (exportedOn !== undefined && name.date !== exportedOn) {
    report.add('LOI-DATE', {
      where: 'nom du fichier',
      received: fileName,
      expected: loincName(file.layout, exportedOn),
      remedy: 'Écrivez dans le nom le jour de l’extraction, à l’heure de la France.',
    });
  }
}

function judgeRow(
  { fileName, file: { layout } }: LoincSubject,
  { row, cells }: LoincRow,
  report: Report<LoincRule>,
): void {
  const { columns } = layout;
  const where = `${fileName}, ligne ${row}`;
  // A transcoder may add codes to the right: whether they are several codes is told apart.
  const tooLong = layout.from === undefined ? cells.length > columns.length : false;
  if (cells.length < columns.length || tooLong) {
    report.add('LOI-COLUMNS', {
      where,
      received: `${cells.length} champ(s)`,
      expected: `${columns.length} champs : ${columns.map(({ label }) => label).join(' ; ')}`,
      remedy:
        'Écrivez chaque champ à sa place, vide quand il n’a pas de valeur ; un « ; » dans une donnée veut des guillemets.',
    });
    return;
  }
  for (const [index, { label, mandatory }] of columns.entries()) {
    if (mandatory !== true || (cells[index] ?? '').trim() !== '') continue;
    report.add('LOI-MANDATORY', {
      where: `${where}, champ ${index + 1}`,
      received: `« ${label} » vide`,
      expected: `« ${label} », obligatoire`,
      remedy: 'Remplissez cette donnée dans le catalogue du produit, puis exportez de nouveau.',
    });
  }
}

/** What identifies a line of each export, and the pairs of code and label that must agree. */
const KEYS: Readonly<Record<number, readonly LoincColumnKey[]>> = {
  1: ['chapterCode', 'chapterLabel', 'subChapterCode', 'subChapterLabel'],
  2: ['testCode', 'analysisCode'],
  3: ['analysisCode'],
};
const LABELLED: Readonly<Record<number, readonly (readonly [LoincColumnKey, LoincColumnKey])[]>> = {
  1: [['chapterCode', 'chapterLabel']],
  2: [
    ['testCode', 'testLabel'],
    ['analysisCode', 'analysisLabel'],
  ],
  3: [],
};

function judgeRepeats(subject: LoincSubject, report: Report<LoincRule>): void {
  const { fileName, file } = subject;
  const { layout, rows } = file;
  const rank = layout.from ?? layout.rank;
  const whole = rows.filter(({ cells }) => cells.length >= layout.columns.length);
  const at = (row: LoincRow, key: LoincColumnKey): string => cellOf(subject, row, key);
  if (rank === 2) judgeGrouped(subject, whole, report);
  const seen = new Map<string, LoincRow>();
  for (const row of whole) {
    const key = JSON.stringify((KEYS[rank] ?? []).map((one) => at(row, one)));
    const former = seen.get(key);
    // The same analysis with another LOINC code is told by the codes.
    if (former === undefined) seen.set(key, row);
    else if (layout.rank !== 6 || row.cells.join('\0') === former.cells.join('\0')) {
      report.add('LOI-DUPLICATE', {
        where: `${fileName}, ligne ${row.row}`,
        received: `la même chose que la ligne ${former.row}`,
        expected: 'chaque élément une seule fois',
        remedy: 'Ne l’exportez qu’une fois.',
      });
    }
  }
  for (const [code, label] of LABELLED[rank] ?? []) {
    const labels = new Map<string, LoincRow>();
    for (const row of whole) {
      const value = at(row, code);
      if (value === '') continue;
      const former = labels.get(value);
      if (former === undefined) labels.set(value, row);
      else if (at(former, label) !== at(row, label)) {
        report.add('LOI-DUPLICATE', {
          where: `${fileName}, ligne ${row.row}`,
          received: `le code ${value} pour « ${at(row, label)} », et pour « ${at(former, label)} » ligne ${former.row}`,
          expected: 'un seul libellé par code',
          remedy: 'Donnez un code à chacun, ou le même libellé partout.',
        });
      }
    }
  }
}

/** Several analyses in one line: their codes stand one after the other in the cell, as many as their labels. */
function judgeGrouped(subject: LoincSubject, rows: readonly LoincRow[], report: Report<LoincRule>): void {
  for (const row of rows) {
    const codes = cellOf(subject, row, 'analysisCode').split(/\s*[,|\n]\s*/u);
    const labels = cellOf(subject, row, 'analysisLabel').split(/\s*[,|\n]\s*/u);
    if (codes.length < 2 || labels.length < codes.length) continue;
    report.add('LOI-ANALYSIS-A-LINE', {
      where: `${subject.fileName}, ligne ${row.row}`,
      received: `${codes.length} analyses dans un champ`,
      expected: `${codes.length} lignes, une par analyse`,
      remedy: 'Répétez l’examen sur une ligne pour chacune de ses analyses.',
    });
  }
}

/** A cell without the blanks around it; empty when the row is too short. */
export function cellOf({ file: { layout } }: LoincSubject, { cells }: LoincRow, key: LoincColumnKey): string {
  return (cells[layout.columns.findIndex((column) => column.key === key)] ?? '').trim();
}
