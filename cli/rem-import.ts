import type { Command } from 'commander';
import { relative } from 'node:path';
import type { RemDiff } from '#dsr/rem-diff/index.ts';
import {
  mappingChanges,
  toImportReport,
  type Category,
  type MappingChange,
  type Rem,
  type RemMessage,
  type SheetMapping,
  type Wave,
} from '#dsr/rem/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { keepRem, lastKept, type KeptImport } from './kept-rems.ts';
import { loadRem } from './load-rem.ts';
import { parseCategory, parseWave } from './options.ts';
import { campaignBeside, followsAnother, typed, type CampaignBeside } from './rem-campaign.ts';

interface ImportOptions {
  readonly category: Category;
  readonly wave: Wave;
  readonly verbose?: boolean;
}

/** `jalon rem import`: reads a REM workbook, says what was found where, and keeps it in the working folder. */
export function remImportCommand(rem: Command, play: (command: Command, action: Action) => Promise<void>): void {
  rem
    .command('import')
    .description("lit un classeur REM de l'ANS et le garde dans le dossier de travail")
    .argument('<fichier>', 'classeur .xlsx')
    .requiredOption('--category <couloir>', 'couloir (SGL, LGC, RIS, DPI…, ou un nom à vous)', parseCategory)
    .requiredOption('--wave <vague>', 'vague (va1, va2…)', parseWave)
    .option('--verbose', 'montre toutes les remarques, informations comprises')
    .action((file: string, options: ImportOptions, command: Command) =>
      play(command, (context) => importRem(context, file, options)),
    );
}

async function importRem(context: CliContext, file: string, options: ImportOptions): Promise<number> {
  // What the user overrules is applied when a Rem is used, never kept in it: it can be taken back.
  const { rem, messages } = await loadRem(file, options.category, options.wave);
  const folder = takeDataFolder(context.dataDir);
  const before = await lastKept(folder.path, rem.category, rem.wave);
  const moved = before === undefined ? [] : movesSince(before.rem, rem);
  const changes = before === undefined ? undefined : await changesSince(before.rem, rem);
  let kept: string;
  let campaign: CampaignBeside | undefined;
  try {
    kept = await keepRem(folder.path, rem, context.now());
    campaign = await besides(context, folder.path, rem);
  } finally {
    folder.release();
  }
  if (context.json) {
    const report = toImportReport(rem, messages);
    const previous = before === undefined ? null : { at: before.entry.at, source: before.entry.source };
    context.out(
      `${JSON.stringify({ ...report, sha256: rem.sha256, file: kept, previous, moved, changes: changes?.summary ?? null, campaign: campaign ?? null })}\n`,
    );
    return 0;
  }
  context.out(
    `${[
      ...counts(rem, messages),
      ...(rem.mapping?.sheets ?? []).flatMap(mappingLines),
      ...movedLines(moved, before?.entry),
      ...(changes === undefined ? [] : changeLines(changes, before?.path ?? '', kept)),
      ...remarks(messages, options.verbose === true),
      `Gardée dans ${relative(process.cwd(), kept) || kept}`,
      ...(campaign === undefined || campaign.follows
        ? []
        : [`À savoir : ${followsAnother(campaign.id, campaign.rem.source, `"${typed(kept)}"`)}`]),
      `Suite : npm run jalon -- rem list --coverage --rem "${file}" --category ${rem.category} --wave ${rem.wave}`,
    ].join('\n')}\n`,
  );
  return 0;
}

/** The REM is kept by now: a tracker that cannot be read is said, and is no failure of the import. */
async function besides(context: CliContext, dataDir: string, rem: Rem): Promise<CampaignBeside | undefined> {
  try {
    return await campaignBeside(dataDir, rem);
  } catch (error) {
    const { TrackerStoreError } = await import('#tracker/store/index.ts');
    if (!(error instanceof TrackerStoreError)) throw error;
    context.err(`Jalon : ${error.message} ${error.remedy} [${error.code}]\n`);
    return undefined;
  }
}

/** What the list says otherwise; undefined for the same file. The comparison is loaded only when there is one to make. */
async function changesSince(before: Rem, now: Rem): Promise<RemDiff | undefined> {
  if (before.sha256 === now.sha256) return undefined;
  const { compareRems } = await import('#dsr/rem-diff/index.ts');
  return compareRems(before, now);
}

/** Two layouts have nothing in the same place: that is said once, not column by column. */
function movesSince(before: Rem, now: Rem): readonly MappingChange[] {
  if (before.layout !== now.layout) {
    const message = `La disposition était ${before.layout}, elle est ${now.layout} : les colonnes ne se comparent pas.`;
    return [{ what: 'layout', before: before.layout, after: now.layout, message }];
  }
  return before.mapping === undefined || now.mapping === undefined ? [] : mappingChanges(before.mapping, now.mapping);
}

/** A count with its words, « s » added to each when there are several: « 2 exigences obsolètes ». */
function counted(count: number, words: string): string {
  return `${count} ${count > 1 ? words.replaceAll(/(?<=\p{L})(?=$| )/gu, 's') : words}`;
}

function counts(rem: Rem, messages: readonly RemMessage[]): readonly string[] {
  const report = toImportReport(rem, messages);
  const obsolete = report.obsolete > 0 ? ` (${counted(report.obsolete, 'obsolète laissée')} de côté)` : '';
  return [
    `REM ${rem.category} ${rem.wave} lue dans « ${rem.source} » (disposition ${rem.layout})`,
    `  ${counted(report.requirements, 'exigence')}, ${counted(report.scenarios, 'scénario')}, ${counted(report.proofs, 'preuve')}${obsolete}`,
    `  Profils : ${report.profiles.join(', ') || 'aucun'}`,
  ];
}

/** Words of the fields that a user checks first; the others are told by their own header. */
function mappingLines(sheet: SheetMapping): readonly string[] {
  const pairs = sheet.columns.filter((column) => column.field.startsWith('proofId'));
  const others = sheet.columns.filter((column) => !/^proof(Id|Text)\d+$/u.test(column.field));
  const first = pairs.at(0);
  const last = sheet.columns.findLast((column) => column.field.startsWith('proofText')) ?? pairs.at(-1);
  const range = first === undefined || last === undefined ? '' : ` (de ${first.letter} à ${last.letter})`;
  return [
    `  Feuille « ${sheet.name} », en-têtes ligne ${sheet.headerRow} : ${others
      .map((column) => `${column.letter} « ${short(column.header)} »`)
      .join(', ')} ; ${counted(pairs.length, 'colonne')} de preuve${range}`,
    ...(sheet.ignored.length === 0
      ? []
      : [
          `  Colonnes laissées de côté : ${sheet.ignored.map((column) => `${column.letter} « ${short(column.header)} »`).join(', ')}`,
        ]),
  ];
}

const short = (header: string): string => {
  const line = header.replace(/\s+/gu, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
};

function movedLines(moved: readonly MappingChange[], before: KeptImport | undefined): readonly string[] {
  if (before === undefined) return [];
  const since = `l'import du ${before.at.slice(0, 10)} (« ${before.source} »)`;
  if (moved.length === 0) return [`  Rien n'a changé de place depuis ${since}`];
  return [`  Ce qui a changé de place depuis ${since} :`, ...moved.map((change) => `  - ${change.message}`)];
}

const CHANGES = [
  ['added', (count) => counted(count, 'ajoutée')],
  ['removed', (count) => counted(count, 'retirée')],
  ['silentlyRemoved', (count) => `${count} dont sans mention`],
  ['reworded', (count) => counted(count, 'texte réécrit')],
  ['renumbered', (count) => counted(count, 'renumérotée')],
  ['moved', (count) => counted(count, 'déplacée')],
  ['natureChanged', (count) => `${count} de nature changée`],
  ['proofsChanged', (count) => counted(count, 'preuve changée')],
] as const satisfies readonly (readonly [keyof RemDiff['summary'], (count: number) => string])[];

/** What the list itself says otherwise than at the last import, in numbers; the comparison has the rest. */
function changeLines(diff: RemDiff, before: string, now: string): readonly string[] {
  if (diff.identical) return ['  Aucune exigence n’a changé depuis'];
  const told = CHANGES.filter(([list]) => diff.summary[list] > 0).map(([list, say]) => say(diff.summary[list]));
  const path = (file: string): string => `"${relative(process.cwd(), file) || file}"`;
  return [
    `  Exigences : ${told.join(', ') || 'seule la typographie a changé'}`,
    `  Le détail : npm run jalon -- rem diff ${path(before)} ${path(now)}`,
  ];
}

/** How many messages of one code are told one by one. */
const SHOWN = 3;

/** Messages of one code say the same thing of several rows: the first are told whole, the others by their row. */
function remarks(messages: readonly RemMessage[], verbose: boolean): readonly string[] {
  const count = (severity: string): number => messages.filter((message) => message.severity === severity).length;
  const shown = messages.filter((message) => verbose || message.severity !== 'info');
  const byCode = Map.groupBy(shown, (message) => `${message.code} ${message.remedy}`);
  const order = ['error', 'warning', 'info'];
  const groups = [...byCode.values()].sort(
    (left, right) => order.indexOf(left[0]?.severity ?? '') - order.indexOf(right[0]?.severity ?? ''),
  );
  return [
    `  Remarques : ${counted(count('error'), 'erreur')}, ${counted(count('warning'), 'avertissement')}, ${counted(count('info'), 'information')}`,
    ...groups.flatMap((group) => {
      // What is about the whole list is told whole, wherever it stands.
      const told = group.filter((message, index) => verbose || index < SHOWN || message.row === 0);
      const rest = group.filter((message) => !told.includes(message)).map((message) => message.row);
      return [
        ...told.map((message) => `  - ${message.code} ${placeOf(message)} : ${message.message}`),
        ...(rest.length === 0 ? [] : [`    … et ${counted(rest.length, 'autre')}, ${rowList(rest)}`]),
        `    → ${group[0]?.remedy ?? ''}`,
      ];
    }),
  ];
}

/** Rows named in the terminal; a list that is wrong everywhere has hundreds. */
const SHOWN_ROWS = 20;

function rowList(rows: readonly number[]): string {
  const named = rows.slice(0, SHOWN_ROWS).join(', ');
  return `${rows.length > 1 ? 'lignes' : 'ligne'} ${named}${rows.length > SHOWN_ROWS ? '…' : ''}`;
}

function placeOf(message: RemMessage): string {
  const sheet = message.sheet === undefined ? '' : `feuille « ${message.sheet} », `;
  const row = message.row === 0 ? 'classeur' : `ligne ${message.row}`;
  return `${sheet}${row}${message.column === '' ? '' : `, ${short(message.column)}`}`;
}
