import { loadSections } from '../catalogue/index.ts';
import { byTradeCode, loadCategories } from './category.ts';
import type { Field } from './header.ts';
import { knownRequirementOf } from './join.ts';
import type { Table } from './layout.ts';
import { remMessage } from './message.ts';
import { projectNames } from './project-name.ts';
import type { ReadRequirement } from './requirement.ts';
import type { Rem, RemMessage } from './types.ts';

/** Columns that the reader does without, but that every published layout has. */
const USUAL: readonly (readonly [Field, string])[] = [
  ['profile', 'Profil'],
  ['statement', 'Énoncé'],
  ['scenario', 'Scénario de conformité'],
];

/** One formula tells the story; a sheet full of them is told by the first ones. */
const SHOWN_FORMULAS = 20;

/** What the headers and cells of one sheet call for. */
export function sheetMessages(table: Table): readonly RemMessage[] {
  const row = table.headerRow + 1;
  // A sheet of scenarios that cover several requirements has no statement of its own.
  const lists = table.fields.has('statement') || table.fields.has('profile');
  const missing = lists ? USUAL.filter(([field]) => !table.fields.has(field)).map(([, label]) => label) : [];
  for (const pair of table.pairs) {
    if (pair.id === undefined) missing.push(`N° de « ${pair.text?.header ?? ''} »`);
    if (pair.text === undefined) missing.push(`Texte de « ${pair.id?.header ?? ''} »`);
  }
  return [...missing.map((label) => remMessage('J11', { row, column: '' }, label)), ...formulaMessages(table)];
}

function formulaMessages(table: Table): readonly RemMessage[] {
  const { sheet } = table;
  const headers = new Map(
    [...table.fields.values(), ...table.pairs.flatMap((pair) => [pair.id, pair.text])]
      .filter((column) => column !== undefined)
      .map((column) => [column.index, column.header]),
  );
  return sheet.formulas
    .filter((cell) => cell.row > table.headerRow && headers.has(cell.column))
    .slice(0, SHOWN_FORMULAS)
    .map((cell) => {
      const value = (sheet.rows[cell.row]?.[cell.column] ?? '').slice(0, 60);
      const place = { row: cell.row + 1, column: headers.get(cell.column) ?? '' };
      const code = value === '' ? 'J15_EMPTY' : 'J15';
      return remMessage(code, place, value, cell.formula === '' ? 'partagée' : `=${cell.formula}`.slice(0, 60));
    });
}

/** What is seen only once everything is grouped: C7, C13, C14, J01, J02, J13, J18. */
export function workbookMessages(
  rem: Rem,
  read: readonly ReadRequirement[],
  main: Table,
  catalogue: Rem | undefined,
): readonly RemMessage[] {
  return [
    ...unknownCategory(rem),
    ...doubtAbout(rem, catalogue),
    ...recognitionMessages(rem, read, main),
    ...sectionOrder(rem),
    ...projectMessages(rem, main),
    ...scenarioMessages(read, main),
  ];
}

/** A mistyped couloir is accepted like one that the user names: it is at least said. */
function unknownCategory(rem: Rem): readonly RemMessage[] {
  const known = loadCategories().map((one) => one.code);
  if (known.includes(rem.category)) return [];
  return [remMessage('J18', { row: 0, column: '' }, rem.category, known.join(', '))];
}

/** A workbook read as another category's gives a Rem that looks right and is useless: said at once. */
function doubtAbout(rem: Rem, catalogue: Rem | undefined): readonly RemMessage[] {
  if (catalogue === undefined) return [];
  const ids = new Set(catalogue.requirements.map((requirement) => requirement.id));
  const known = rem.requirements.filter(({ id }) => ids.has(knownRequirementOf(id, catalogue)?.id ?? id)).length;
  if (known * 2 >= rem.requirements.length) return [];
  const detail = `${known} exigence(s) sur ${rem.requirements.length} sont connues en ${rem.category} ${rem.wave}`;
  return [remMessage('J13', { row: 0, column: '' }, rem.source, detail)];
}

/** A number that names something else than in the known lists: said, since nothing known of it applies. */
function recognitionMessages(rem: Rem, read: readonly ReadRequirement[], main: Table): readonly RemMessage[] {
  const column = main.fields.get('requirementId')?.header ?? '';
  const rows = new Map(read.map((requirement) => [requirement.id, requirement.row]));
  return rem.requirements.flatMap(({ id, knownAs, numberReused }) => {
    const place = { row: rows.get(id) ?? 0, column };
    if (numberReused === true) return [remMessage('J19', place, id)];
    return knownAs === undefined ? [] : [remMessage('J20', place, id, knownAs)];
  });
}

/** C13 rules the display, not the reading: it is said once, for the first pair out of order. */
function sectionOrder(rem: Rem): readonly RemMessage[] {
  const order = loadSections()
    .filter((section) => section.published === true)
    .map((section) => section.id.toUpperCase());
  const rank = (section: string): number => {
    const index = order.indexOf((section.split('/')[0] ?? section).toUpperCase());
    return index < 0 ? order.length : index;
  };
  const sections = [...new Set(rem.requirements.map((requirement) => requirement.section))];
  for (const [index, section] of sections.entries()) {
    const late = sections.slice(index + 1).find((other) => rank(other) < rank(section));
    if (late !== undefined) return [remMessage('C13', { row: 0, column: '' }, section, late)];
  }
  return [];
}

/** C14, and the project of another couloir. */
function projectMessages(rem: Rem, main: Table): readonly RemMessage[] {
  const titles = main.sheet.rows.slice(0, Math.min(main.headerRow, SHOWN_FORMULAS)).flat();
  return projectNames([rem.source, main.sheet.name, ...titles]).flatMap(({ name, trigram }) => {
    const place = { row: 0, column: '' };
    if (trigram === undefined) return [remMessage('C14', place, name)];
    const category = byTradeCode(trigram)?.code;
    if (category === undefined || category === rem.category || name.startsWith('SC_')) return [];
    return [remMessage('J13', place, name, `« ${name} » est un projet du couloir ${category}`)];
  });
}

function scenarioMessages(read: readonly ReadRequirement[], main: Table): readonly RemMessage[] {
  const column = main.fields.get('scenarioId')?.header ?? '';
  const messages: RemMessage[] = [];
  for (const requirement of read) {
    if (requirement.nature === 'DOIT' && requirement.scenarios.length === 0) {
      messages.push(remMessage('J01', { row: requirement.row, column }, requirement.id));
    }
    for (const scenario of requirement.scenarios) {
      if (scenario.owner !== requirement.id) continue;
      const place = { row: scenario.row, column };
      if (scenario.proofs.length === 0) messages.push(remMessage('J02', place, scenario.id));
      if (scenario.proofs.length > 10) {
        messages.push(remMessage('C7', place, scenario.id, String(scenario.proofs.length)));
      }
    }
  }
  return messages;
}
