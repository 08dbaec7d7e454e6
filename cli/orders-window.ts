import { InvalidArgumentError, type Command } from 'commander';
import type { CivilDate } from '#dsr/dates/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import {
  explainWindow,
  FORECAST_METHOD,
  forecastSentence,
  judgeWindow,
  slipBy,
  slipSentence,
  stepSentence,
  windowSummary,
  type Amount,
  type ProductWindow,
  type Slip,
  type WindowInput,
} from '#tracker/window/index.ts';
import type { Action, CliContext } from './context.ts';
import { editionsDocument } from './editions.ts';
import { CliError } from './errors.ts';
import { calendarFrom, calendarOption } from './official-data.ts';
import { terminalWidth } from './table.ts';
import { loadBook, noOrders, windowsOf, withinCalendar } from './window-book.ts';
import { readDates, referencingDateOptions, type DateOptions, type ReadDates } from './window-dates.ts';
import { withProgress } from './window-forecast.ts';
import { bookText, judgementText, type SlippedProduct } from './window-text.ts';

interface WindowOptions extends DateOptions {
  readonly orders?: string;
  readonly vendor?: string;
  readonly slip?: number;
  readonly calendar?: string;
}

const MOST_SLIP = 3650;

/** `jalon orders window`: one order from its dates, or the whole book and what a slip of the file costs. */
export function ordersWindowCommand(orders: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = orders
    .command('window')
    .description('fenêtre des 120 jours : une commande par ses dates, ou tout le carnet et ce que coûte un glissement')
    .option('--signed <date>', 'jour de signature par le client : juge cette seule commande')
    .option('--orders <fichier>', 'liste de bons de commande (par défaut : ceux du suivi)')
    .option('--vendor <fichier>', 'fichier de l’éditeur (par défaut : editeur.json du dossier de travail)')
    .option('--planned <date>', 'jour où le dossier complet est prévu, tant que l’ANS n’a rien dit (carnet)')
    .option('--slip <jours>', 'ce que perd un dossier complet tant de jours plus tard', parseSlip);
  calendarOption(referencingDateOptions(command)).action((options: WindowOptions, sub: Command) =>
    play(sub, (context) => judge(context, options)),
  );
}

function parseSlip(value: string): number {
  const days = Number(value);
  if (!/^\d+$/.test(value) || days > MOST_SLIP) {
    throw new InvalidArgumentError(
      `Glissement invalide pour --slip : ${value}. Donnez un nombre entier de jours, de 0 à ${MOST_SLIP}.`,
    );
  }
  return days;
}

async function judge(context: CliContext, options: WindowOptions): Promise<number> {
  const dates = readDates(options, context.now());
  if (options.signed === undefined) return judgeBook(context, options, dates);
  if ([options.orders, options.vendor, options.slip, options.planned].some((one) => one !== undefined)) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      '--signed juge une seule commande : --orders, --vendor, --planned et --slip s’emploient sans elle.',
      'Choisissez l’un ou l’autre.',
    );
  }
  return judgeOne(context, dates);
}

function judgeOne(context: CliContext, { signedOn, given, today }: ReadDates): number {
  const input: WindowInput = { ...given, signedOn, today };
  const judged = judgeWindow(input);
  const explanations = explainWindow(input, judged);
  context.out(
    context.json
      ? `${JSON.stringify({ ...judged, summary: windowSummary(input, judged), explanations, dates: input })}\n`
      : judgementText(input, judged, explanations, terminalWidth()),
  );
  return EXIT.ok;
}

async function judgeBook(
  context: CliContext,
  options: WindowOptions,
  { given, plannedOn, today }: ReadDates,
): Promise<number> {
  const calendar = await calendarFrom(options.calendar);
  const book = await loadBook(context, options);
  if (book.orders.length === 0) throw noOrders();
  const groups = withinCalendar(() => windowsOf(book, { given, calendar, today, plannedOn }));
  const products = await withProgress(context.dataDir, today, async (progressOf) => {
    const told: SlippedProduct[] = [];
    for (const group of groups) {
      const progress = await progressOf(group.couloir, group.wave, group.product?.name);
      told.push({ group, slip: slipOf(group, options.slip), progress });
    }
    return told;
  });
  context.out(
    context.json
      ? `${JSON.stringify({ today, ...editionsDocument({ calendar }), products: products.map((one) => productDocument(one, today)) })}\n`
      : bookText(products, calendar, today, terminalWidth()),
  );
  return EXIT.ok;
}

function slipOf({ window }: ProductWindow, days: number | undefined): Slip | undefined {
  return days === undefined ? undefined : withinCalendar(() => slipBy(window, days));
}

function productDocument({ group, slip, progress }: SlippedProduct, today: CivilDate) {
  const { couloir, wave, product, without, dates, advanceEndSource, window } = group;
  return {
    couloir,
    wave,
    product: product === undefined ? null : { name: product.name, version: product.version },
    ...(without === undefined ? {} : { without }),
    dates,
    advanceEndSource,
    reference: window.reference,
    earliestSignatureCovered: window.earliestSignatureCovered,
    eligible: amount(window.eligible),
    pending: amount(window.pending),
    notEligible: amount(window.notEligible),
    atStake: amount(window.atStake),
    alreadyOut: { ...amount(window.alreadyOut), orders: window.alreadyOut.orders },
    steps: window.steps.map((step) => ({
      lastDay: step.lastDay,
      slipDays: step.slipDays,
      orders: step.orders,
      lost: amount(step.lost),
      total: amount(step.total),
      sentence: stepSentence(step),
    })),
    slip:
      slip === undefined
        ? null
        : { completeOn: slip.completeOn, ...amount(slip), orders: slip.orders, sentence: slipSentence(slip) },
    forecast:
      progress === undefined
        ? null
        : { ...progress, sentence: forecastSentence(progress.forecast), method: FORECAST_METHOD },
    orders: window.orders.map(({ number, client, signedOn, ht, judged, mentionMissing }) => ({
      number,
      client,
      signedOn: signedOn ?? null,
      htCents: ht,
      ...judged,
      mentionMissing,
      explanations: explainWindow({ ...dates, signedOn, today }, judged),
    })),
  };
}

/** Amounts leave in whole cents, so that no reader rounds them. */
function amount({ count, ht }: Amount) {
  return { count, htCents: ht };
}
