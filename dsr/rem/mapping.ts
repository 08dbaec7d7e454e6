import type { Table } from './layout.ts';
import type { ColumnMapping, RemMapping, SheetMapping } from './types.ts';

/** What was found where, for the import report. */
export function mappingOf(tables: readonly Table[], otherSheets: readonly string[]): RemMapping {
  return { sheets: tables.map(sheetMapping), otherSheets };
}

function sheetMapping(table: Table): SheetMapping {
  const columns: (ColumnMapping & { index: number })[] = [];
  const add = (field: string, column: { readonly index: number; readonly header: string } | undefined): void => {
    if (column === undefined) return;
    columns.push({ field, letter: columnLetter(column.index), header: column.header, index: column.index });
  };
  for (const [field, column] of table.fields) add(field, column);
  for (const [index, column] of table.otherRequirementIds.entries()) add(`requirementId${index + 2}`, column);
  for (const pair of table.pairs) {
    add(`proofId${pair.rank}`, pair.id);
    add(`proofText${pair.rank}`, pair.text);
  }
  columns.sort((left, right) => left.index - right.index);
  return {
    name: table.sheet.name,
    headerRow: table.headerRow + 1,
    columns: columns.map(({ field, letter, header }) => ({ field, letter, header })),
    ignored: table.ignored.map((column) => ({ letter: columnLetter(column.index), header: column.header })),
  };
}

/** Column as a spreadsheet names it: 0 is `A`, 26 is `AA`. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCodePoint(65 + (index % 26));
}

/** One thing that is not where it was in the last import of the same REM. */
export interface MappingChange {
  /** `sheet`, `header-row`, or the name of the field. */
  readonly what: string;
  /** Empty when it was not there. */
  readonly before: string;
  /** Empty when it is gone. */
  readonly after: string;
  /** French sentence. */
  readonly message: string;
}

/**
 * What moved between two imports: sheet renamed, header row elsewhere, column moved, renamed, come or gone. Compares the
 * main tables; a workbook that only changed its texts gives nothing.
 */
export function mappingChanges(before: RemMapping, after: RemMapping): readonly MappingChange[] {
  const [old] = before.sheets;
  const [now] = after.sheets;
  if (old === undefined || now === undefined) return [];
  const changes: MappingChange[] = [];
  const say = (what: string, was: string, is: string, message: string): void => {
    changes.push({ what, before: was, after: is, message });
  };
  if (old.name !== now.name) say('sheet', old.name, now.name, `La feuille « ${old.name} » s'appelle « ${now.name} ».`);
  if (old.headerRow !== now.headerRow) {
    const message = `La ligne d'en-têtes passe de la ligne ${old.headerRow} à la ligne ${now.headerRow}.`;
    say('header-row', String(old.headerRow), String(now.headerRow), message);
  }
  const pairs = [old, now].map((sheet) => sheet.columns.filter((column) => column.field.startsWith('proofId')).length);
  if (pairs[0] !== pairs[1]) {
    const message = `Il y avait ${pairs[0]} paire(s) de colonnes de preuve, il y en a ${pairs[1]}.`;
    say('pairs', String(pairs[0]), String(pairs[1]), message);
  }
  const olds = new Map(withoutLaterPairs(old).map((column) => [column.field, column]));
  for (const column of withoutLaterPairs(now)) {
    const was = olds.get(column.field);
    olds.delete(column.field);
    const is = `${column.letter} « ${column.header} »`;
    if (was === undefined) {
      say(column.field, '', is, `La colonne ${is} est nouvelle.`);
    } else if (was.letter !== column.letter || was.header !== column.header) {
      const from = `${was.letter} « ${was.header} »`;
      say(column.field, from, is, `La colonne ${from} est maintenant ${is}.`);
    }
  }
  for (const column of olds.values()) {
    const was = `${column.letter} « ${column.header} »`;
    say(column.field, was, '', `La colonne ${was} a disparu.`);
  }
  return changes;
}

/** The pairs follow one another: the first tells where they are. */
function withoutLaterPairs(sheet: SheetMapping): readonly ColumnMapping[] {
  return sheet.columns.filter((column) => !/^proof(?:Id|Text)(?!1$)/u.test(column.field));
}
