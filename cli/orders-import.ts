import type { Command } from 'commander';
import { relative, resolve } from 'node:path';
import { count } from '#reports/words/index.ts';
import { parisDay } from '#dsr/dates/index.ts';
import { versionText } from '#dsr/official-data/index.ts';
import type { Scales } from '#dsr/scales/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { doubtsOf, settleBook, type OrderMessage, type OrdersReading } from '#tracker/orders/index.ts';
import type { OrdersImport } from '#tracker/store/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { loadOrders } from './load-orders.ts';
import { scalesFrom, scalesOption } from './official-data.ts';
import { messageLines } from './orders-messages.ts';
import { terminalWidth, wrap } from './table.ts';
import { openTrackerOf } from './tracker.ts';

interface ImportOptions {
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly scales?: string;
}

const ACTOR = 'jalon orders import';
/** How many messages are told in the terminal without --verbose. */
const SHOWN = 20;

/** `jalon orders import`: reads a list of orders, says every fault in its place, keeps the healthy rows. */
export function ordersImportCommand(orders: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = orders
    .command('import')
    .description('lit une liste de bons de commande (.csv, .xlsx, .json) et garde les lignes saines dans le suivi')
    .argument('<fichier>', 'liste : voir « orders template »')
    .option('--dry-run', 'dit ce qui serait gardé, sans rien écrire')
    .option('--verbose', 'montre toutes les remarques, informations comprises');
  scalesOption(command).action((file: string, options: ImportOptions, sub: Command) =>
    play(sub, (context) => importOrders(context, file, options)),
  );
}

async function importOrders(context: CliContext, file: string, options: ImportOptions): Promise<number> {
  const scales = await scalesFrom(options.scales);
  const reading = await loadOrders(file);
  const doubts = doubtsOf(reading.orders, { today: parisDay(context.now()), scales });
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTrackerOf(folder.path);
    try {
      const settled = settleBook(reading.orders, await tracker.orders());
      const author = { at: context.now().toISOString(), by: ACTOR };
      const done = options.dryRun === true ? undefined : await tracker.importOrders(settled.orders, author);
      const messages = [...reading.messages, ...settled.messages, ...doubts];
      const outcome = { file, reading, messages, kept: settled.orders.length, done, scales };
      context.out(
        context.json ? `${JSON.stringify(documentOf(outcome))}\n` : textOf(outcome, options.verbose === true),
      );
      return refusedOf(outcome) > 0 || isFailed(messages) ? EXIT.usage : EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

interface ImportOutcome {
  readonly file: string;
  readonly reading: OrdersReading;
  /** Those of each row, then those of rows put together. */
  readonly messages: readonly OrderMessage[];
  readonly kept: number;
  /** Absent for a dry run. */
  readonly done: OrdersImport | undefined;
  /** By which the amounts were doubted. */
  readonly scales: Scales;
}

const isFailed = (messages: readonly OrderMessage[]): boolean => messages.some(({ severity }) => severity === 'error');

/** Rows that hold an order and are not kept; a row that repeats another one exactly is in the book with it. */
function refusedOf({ reading, messages, kept }: ImportOutcome): number {
  const repeated = messages.filter(({ code }) => code === 'ORDER_REPEATED').length;
  return reading.rows - kept - repeated;
}

function documentOf(outcome: ImportOutcome): object {
  const { file, reading, messages, kept, done, scales } = outcome;
  return {
    file,
    rows: reading.rows,
    kept,
    refused: refusedOf(outcome),
    dryRun: done === undefined,
    added: done?.added ?? [],
    changed: done?.changed ?? [],
    unchanged: done?.unchanged ?? [],
    sheet: reading.sheet ?? null,
    columns: reading.columns ?? [],
    messages,
    scales: scales.versions,
  };
}

function textOf(outcome: ImportOutcome, verbose: boolean): string {
  const { file, reading, messages, kept, done, scales } = outcome;
  const refused = refusedOf(outcome);
  const told = messages.filter(({ severity }) => verbose || severity !== 'info');
  const notes = messages.filter(({ code }) => code === 'ORDERS_NOTE');
  const first = [...(verbose ? [] : notes), ...told].slice(0, verbose ? told.length : SHOWN);
  const rest = told.length + (verbose ? 0 : notes.length) - first.length;
  const sheet = reading.sheet === undefined ? '' : `, feuille « ${reading.sheet} »`;
  return `${[
    `Bons de commande lus dans « ${relative(process.cwd(), resolve(file)) || file} »${sheet}`,
    `  ${count(reading.rows, 'ligne lue', 'lignes lues')}, ${count(kept, 'bon sain', 'bons sains')}, ${count(refused, 'ligne refusée', 'lignes refusées')}`,
    ...(done === undefined
      ? ['  Rien n’est écrit : relancez sans --dry-run pour garder les bons sains.']
      : [
          `  Au carnet : ${count(done.added.length, 'ajouté', 'ajoutés')}, ${count(done.changed.length, 'modifié', 'modifiés')}, ${count(done.unchanged.length, 'inchangé', 'inchangés')}`,
        ]),
    ...messageLines(first, terminalWidth()),
    ...(rest > 0 ? [`  … et ${count(rest, 'autre remarque', 'autres remarques')} : ajoutez --verbose ou --json.`] : []),
    ...(refused > 0
      ? ['Corrigez ces lignes et importez de nouveau le fichier : les bons déjà gardés ne changent pas.']
      : []),
    ...scales.versions.flatMap((version) => wrap(`Barème : ${versionText(version)}`, terminalWidth())),
  ].join('\n')}\n`;
}
