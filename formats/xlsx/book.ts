import { unescapeCell } from './cell-text.ts';
import { pointsOutside } from './formula.ts';
import type { XlsxPackage } from './package.ts';
import { XlsxRefusal } from './refusal.ts';
import { relationsOf } from './relations.ts';
import type { XlsxLimits } from './types.ts';

export interface BookSheet {
  readonly name: string;
  readonly part: string;
}

/** What the workbook part says before any sheet is read. */
export interface Book {
  /** In the order of the tabs, hidden ones too. */
  readonly sheets: readonly BookSheet[];
  /** Day 0 is 1 January 1904 instead of 31 December 1899. */
  readonly from1904: boolean;
  readonly strings: string | undefined;
  readonly styles: string | undefined;
}

const REMEDY =
  'Rompez les liaisons (Données › Modifier les liens › Rompre la liaison), enregistrez une copie et recommencez.';

/** Refusal of a workbook that takes values elsewhere: what they are worth here nobody knows. */
export function externalRefusal(where: string): XlsxRefusal {
  return new XlsxRefusal('XLSX_EXTERNAL_LINK', `Le classeur prend des valeurs hors de lui (${where}). ${REMEDY}`);
}

/**
 * Finds the sheets of a workbook through its relations: neither names nor places of parts are fixed.
 *
 * @throws XlsxRefusal when there is no workbook, no sheet, too many, or a link to another file
 */
export async function readBook(opened: XlsxPackage, limits: XlsxLimits): Promise<Book> {
  const linked = opened.names.find((name) => /^xl\/externalLinks\/[^/]+\.xml$/i.test(name));
  if (linked !== undefined) throw externalRefusal(linked);
  const main = (await relationsOf(opened, '')).find(({ type }) => type === 'officeDocument');
  const part = main?.target ?? 'xl/workbook.xml';
  if (!opened.has(part)) throw notAWorkbook(opened);
  const { listed, from1904 } = await readMain(opened, part);
  const relations = await relationsOf(opened, part);
  const outside = relations.find(({ type }) => type === 'externalLink');
  if (outside !== undefined) throw externalRefusal(outside.target);
  const targets = new Map(relations.map((relation) => [relation.id, relation]));
  // Charts and dialogs have tabs as well, and no cells.
  const sheets = listed.flatMap(({ name, id }) => {
    const relation = targets.get(id);
    if (relation === undefined) throw missing(name);
    if (relation.type !== 'worksheet') return [];
    if (!opened.has(relation.target)) throw missing(name);
    return [{ name, part: relation.target }];
  });
  if (sheets.length === 0) throw new XlsxRefusal('XLSX_NO_SHEET', "Le classeur n'a aucune feuille de calcul.");
  const maxSheets = limits.maxSheets ?? 100;
  if (sheets.length > maxSheets) {
    throw new XlsxRefusal(
      'XLSX_TOO_MANY_SHEETS',
      `Le classeur a ${sheets.length} feuilles (maximum ${maxSheets}). Gardez celles de la REM et réenregistrez.`,
    );
  }
  // Where no relation names them, some producers count on the usual names.
  const partOf = (wanted: string): string | undefined =>
    [relations.find(({ type }) => type === wanted)?.target, `xl/${wanted}.xml`].find(
      (name) => name !== undefined && opened.has(name),
    );
  return { sheets, from1904, strings: partOf('sharedStrings'), styles: partOf('styles') };
}

async function readMain(
  opened: XlsxPackage,
  part: string,
): Promise<{ readonly listed: readonly { readonly name: string; readonly id: string }[]; readonly from1904: boolean }> {
  const listed: { name: string; id: string }[] = [];
  let from1904 = false;
  let defined: string | undefined;
  await opened.walk(part, {
    open(local, attribute, depth) {
      if (depth === 1 && local !== 'workbook') throw notAWorkbook(opened);
      if (local === 'workbookPr' && depth === 2) from1904 ||= /^(1|true)$/.test(attribute('date1904') ?? '');
      if (local === 'sheet' && depth === 3) {
        listed.push({ name: unescapeCell(attribute('name') ?? '').toWellFormed(), id: attribute('id') ?? '' });
      }
      if (local === 'definedName' && depth === 3) defined = '';
      return true;
    },
    text(characters) {
      if (defined !== undefined) defined += characters;
    },
    close(local) {
      if (local !== 'definedName' || defined === undefined) return;
      if (pointsOutside(defined)) throw externalRefusal(`nom défini « ${defined.slice(0, 100)} »`);
      defined = undefined;
    },
  });
  return { listed, from1904 };
}

function missing(name: string): XlsxRefusal {
  return new XlsxRefusal('XLSX_UNREADABLE', `La feuille « ${name} » manque au classeur. Réenregistrez-le.`);
}

/** By a part that only they have: what else people save, and what to do of it. */
const OTHERS: readonly (readonly [part: RegExp, what: string, remedy: string])[] = [
  [/^word\//i, 'un document de traitement de texte', 'Donnez le classeur lui-même.'],
  [/^ppt\//i, 'une présentation', 'Donnez le classeur lui-même.'],
  [/^xl\/workbook\.bin$/i, 'un classeur binaire .xlsb', 'Enregistrez-le au format .xlsx.'],
  [/^content\.xml$/i, 'un document OpenDocument (.ods, .odt)', 'Si c’est un classeur, enregistrez-le au format .xlsx.'],
];

function notAWorkbook(opened: XlsxPackage): XlsxRefusal {
  const [, what, remedy] = OTHERS.find(([part]) => opened.names.some((name) => part.test(name))) ?? [
    undefined,
    'une archive d’autre chose',
    'Donnez le classeur lui-même.',
  ];
  return new XlsxRefusal('XLSX_NOT_A_WORKBOOK', `Ce fichier n’est pas un classeur .xlsx, mais ${what}. ${remedy}`);
}
