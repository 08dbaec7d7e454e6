import { createHash } from 'node:crypto';

import { readWorkbook } from '#formats/xlsx/index.ts';
import type { XlsxFault, XlsxNote } from '#formats/xlsx/index.ts';
import { sheetMessages, workbookMessages } from './checks.ts';
import { Grouping } from './group.ts';
import { join, knownRem, knownRequirementOf } from './join.ts';
import { EXPECTED_HEADERS, findTables } from './layout.ts';
import type { Table } from './layout.ts';
import { mappingOf } from './mapping.ts';
import { remMessage } from './message.ts';
import { writesJoinedSections } from './requirement.ts';
import { recognise } from './recognise.ts';
import { rowsOf } from './row.ts';
import type { TooLarge } from './size.ts';
import type { Category, Rem, RemMessage, Wave } from './types.ts';

export interface RemIdentity {
  readonly category: Category;
  readonly wave: Wave;
  /** Name of the file; its folder is dropped. */
  readonly fileName: string;
}

export type RemReading =
  | { readonly ok: true; readonly rem: Rem; readonly messages: readonly RemMessage[] }
  | { readonly ok: false; readonly messages: readonly RemMessage[] };

/**
 * Reads a REM workbook in any of the official layouts: wave 1 (one row per scenario, up to ten pairs of proof columns),
 * wave 2, and the Convergence feed (one row per proof). Columns are found by header text, in any sheet, below any title
 * rows; ids are normalised and their raw form kept; rows are grouped by requirement and scenario; obsolete requirements
 * are kept apart.
 *
 * @param bytes the `.xlsx` file
 * @param identity which list it is: a workbook does not say it
 * @returns the Rem with what there is to say about it, or only messages (`XLSX_…`, `REM_NOT_RECOGNISED`, `REM_EMPTY`,
 *   `REM_TROP_GRANDE`)
 */
export async function readRem(bytes: Uint8Array, identity: RemIdentity): Promise<RemReading> {
  const workbook = await readWorkbook(bytes);
  if (!workbook.ok) return refuseFault(workbook.fault);
  const search = findTables(workbook.sheets);
  if (!search.found) return notRecognised(search.headers);

  const [main, ...others] = search.tables;
  if (main === undefined) return notRecognised([]);
  const catalogue = knownRem(identity.category, identity.wave);
  const rows = rowsOf(main);
  const grouping = new Grouping({
    knownNature: (id) => knownRequirementOf(id, catalogue)?.nature,
    knownSection: (id) => knownRequirementOf(id, catalogue)?.section,
    joinedSections: writesJoinedSections(rows),
  });
  const { messages } = grouping;
  messages.addAll(workbook.notes.map(noteMessage));
  messages.addAll(sheetMessages(main));
  for (const row of rows) grouping.add(row);
  for (const table of others) {
    const more = rowsOf(table);
    if (more.length === 0) messages.add(emptySheet(table));
    else messages.addAll(sheetMessages(table).map((message) => ({ ...message, sheet: table.sheet.name })));
    grouping.openSheet(table.sheet.name);
    for (const row of more) grouping.add(row);
  }
  grouping.end();
  if (grouping.tooLarge !== undefined) return refuseSize(grouping.tooLarge);
  if (grouping.requirements.length === 0) {
    const obsolete = grouping.obsolete.length;
    return refuse(
      'REM_EMPTY',
      obsolete > 0
        ? `La feuille « ${main.sheet.name} » ne contient que des exigences obsolètes (${obsolete}).`
        : `La feuille « ${main.sheet.name} » ne contient aucune exigence.`,
      'Vérifiez le classeur.',
    );
  }
  const recognised = recognise(grouping.requirements);
  const rem: Rem = {
    category: identity.category,
    wave: identity.wave,
    layout: main.layout,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: identity.fileName.split(/[/\\]/u).at(-1) ?? '',
    requirements: grouping.requirements.map((one) => join(one, catalogue, recognised.get(one))),
    obsolete: grouping.obsolete.map((requirement) => join(requirement, catalogue)),
    mapping: mappingOf(search.tables, search.otherSheets),
  };
  messages.addAll(workbookMessages(rem, grouping.requirements, main, catalogue));
  return { ok: true, rem, messages: messages.sorted(bySheetAndRow(search.tables)) };
}

function emptySheet(table: Table): RemMessage {
  const message = remMessage('C8', { row: table.headerRow + 1, column: '' }, table.sheet.name);
  return { ...message, sheet: table.sheet.name };
}

function bySheetAndRow(tables: readonly Table[]): (left: RemMessage, right: RemMessage) => number {
  const ranks = new Map(tables.map((table, index) => [table.sheet.name, index]));
  const rank = ({ sheet }: RemMessage): number => (sheet === undefined ? 0 : (ranks.get(sheet) ?? -1));
  return (left, right) => rank(left) - rank(right) || left.row - right.row;
}

const SHOWN_HEADERS = 20;

function notRecognised(headers: readonly string[]): RemReading {
  const shown = headers.slice(0, SHOWN_HEADERS).map((header) => `« ${header.slice(0, 60)} »`);
  const found = shown.length === 0 ? 'aucun en-tête' : `les en-têtes ${shown.join(', ')}`;
  return refuse(
    'REM_NOT_RECOGNISED',
    `Ce classeur n'est pas une REM connue : Jalon y trouve ${found} ; il attend au moins ${EXPECTED_HEADERS.join(', ')}.`,
    "Donnez le classeur REM publié par l'ANS, ou l'export de Convergence, sans renommer ses colonnes.",
    headers.slice(0, SHOWN_HEADERS).join(' | ').slice(0, 500),
  );
}

/** A fault of the workbook ends with what to do, when there is something to do. */
const FAULT = /^(?<what>.*?[.!?])\s+(?<todo>\p{Lu}[\p{L}-]*ez\b.*)$/su;

function refuseFault({ code, message }: XlsxFault): RemReading {
  const { what = message, todo = 'Donnez le classeur REM tel que publié.' } = FAULT.exec(message)?.groups ?? {};
  return refuse(code, what, todo);
}

function refuseSize({ bound, what }: TooLarge): RemReading {
  return refuse(
    'REM_TROP_GRANDE',
    `Ce classeur compte plus de ${bound.toLocaleString('fr-FR')} ${what} : la plus longue REM publiée a environ 250 exigences.`,
    "Vérifiez que c'est bien la REM ; sinon, retirez les feuilles et les lignes en trop, puis réimportez-la.",
  );
}

const NOTES = {
  XLSX_TEXT_CUT: ['warning', 'Raccourcissez ces textes dans le classeur, ou comparez-les au document publié.'],
  XLSX_MACROS_IGNORED: ['info', "Rien à faire ; vérifiez seulement qu'aucune valeur n'est calculée par une macro."],
} as const satisfies Readonly<Record<XlsxNote['code'], readonly [RemMessage['severity'], string]>>;

function noteMessage({ code, message }: XlsxNote): RemMessage {
  const [severity, remedy] = NOTES[code];
  return { code, severity, row: 0, column: '', value: '', message, remedy };
}

function refuse(code: string, message: string, remedy: string, value = ''): RemReading {
  return { ok: false, messages: [{ code, severity: 'error', row: 0, column: '', value, message, remedy }] };
}
