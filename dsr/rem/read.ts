import { createHash } from 'node:crypto';

import { readWorkbook } from '#formats/xlsx/index.ts';
import { Grouping } from './group.ts';
import type { Field } from './header.ts';
import { join, knownRem } from './join.ts';
import { EXPECTED_HEADERS, findTable } from './layout.ts';
import type { Table } from './layout.ts';
import { remMessage } from './message.ts';
import { findRequirement } from './query.ts';
import { rowsOf } from './row.ts';
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

/** Columns that the reader does without, but that every published layout has. */
const USUAL: readonly (readonly [Field, string])[] = [
  ['profile', 'Profil'],
  ['statement', 'Énoncé'],
  ['scenario', 'Scénario de conformité'],
];

/**
 * Reads a REM workbook in any of the official layouts: wave 1 (one row per scenario, up to ten pairs of proof columns),
 * wave 2, and the Convergence feed (one row per proof). Columns are found by header text; ids are normalised and their
 * raw form kept; rows are grouped by requirement and scenario; obsolete requirements are left out.
 *
 * @param bytes the `.xlsx` file
 * @param identity which list it is: a workbook does not say it
 * @returns the Rem with what there is to say about it, or only messages (`XLSX_…`, `REM_NOT_RECOGNISED`, `REM_EMPTY`)
 */
export async function readRem(bytes: Uint8Array, identity: RemIdentity): Promise<RemReading> {
  const workbook = await readWorkbook(bytes);
  if (!workbook.ok)
    return refuse(workbook.fault.code, workbook.fault.message, 'Donnez le classeur REM tel que publié.');
  const search = findTable(workbook.sheets);
  if (!search.found) return notRecognised(search.headers);

  const { table } = search;
  const catalogue = knownRem(identity.category, identity.wave);
  const grouping = new Grouping((id) => catalogue && findRequirement(catalogue, id)?.nature);
  for (const row of rowsOf(table)) grouping.add(row);
  const read = [...grouping.requirements.values()];
  if (read.length === 0) {
    return refuse(
      'REM_EMPTY',
      `La feuille « ${table.sheet.name} » ne contient aucune exigence.`,
      'Vérifiez le classeur.',
    );
  }
  const rem: Rem = {
    category: identity.category,
    wave: identity.wave,
    layout: table.layout,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: identity.fileName.split(/[/\\]/u).at(-1) ?? '',
    requirements: read.map((requirement) => join(requirement, catalogue)),
    obsolete: [],
  };
  const messages = [
    ...missingColumns(table),
    ...doubtAbout(rem, catalogue),
    ...grouping.messages,
    ...afterGrouping(grouping, table),
  ];
  return { ok: true, rem, messages: messages.sort((left, right) => left.row - right.row) };
}

function missingColumns(table: Table): readonly RemMessage[] {
  const row = table.headerRow + 1;
  const missing = USUAL.filter(([field]) => !table.fields.has(field)).map(([, label]) => label);
  for (const pair of table.pairs) {
    if (pair.id === undefined) missing.push(`N° de « ${pair.text?.header ?? ''} »`);
    if (pair.text === undefined) missing.push(`Texte de « ${pair.id?.header ?? ''} »`);
  }
  return missing.map((label) => remMessage('J11', { row, column: '' }, label));
}

/** A workbook read as another category's gives a Rem that looks right and is useless: said at once. */
function doubtAbout(rem: Rem, catalogue: Rem | undefined): readonly RemMessage[] {
  if (catalogue === undefined) return [];
  const known = rem.requirements.filter(
    (requirement) => findRequirement(catalogue, requirement.id) !== undefined,
  ).length;
  if (known * 2 >= rem.requirements.length) return [];
  const detail = `${known} exigence(s) sur ${rem.requirements.length} sont connues en ${rem.category} ${rem.wave}`;
  return [remMessage('J13', { row: 0, column: '' }, rem.source, detail)];
}

function afterGrouping(grouping: Grouping, table: Table): readonly RemMessage[] {
  const header = (field: Field): string => table.fields.get(field)?.header ?? '';
  const messages: RemMessage[] = [];
  for (const requirement of grouping.requirements.values()) {
    if (requirement.nature === 'DOIT' && requirement.scenarios.length === 0) {
      messages.push(remMessage('J01', { row: requirement.row, column: header('scenarioId') }, requirement.id));
    }
    for (const scenario of requirement.scenarios) {
      if (scenario.owner !== requirement.id) continue;
      const place = { row: scenario.row, column: header('scenarioId') };
      if (scenario.proofs.length === 0) messages.push(remMessage('J02', place, scenario.id));
      if (scenario.proofs.length > 10) {
        messages.push(remMessage('C7', place, scenario.id, String(scenario.proofs.length)));
      }
    }
  }
  return messages;
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

function refuse(code: string, message: string, remedy: string, value = ''): RemReading {
  return { ok: false, messages: [{ code, severity: 'error', row: 0, column: '', value, message, remedy }] };
}
