import { InvalidArgumentError, type Command } from 'commander';
import type { Calendar } from '#dsr/calendar/index.ts';
import { parisDay, type CivilDate } from '#dsr/dates/index.ts';
import { briefEuros, eurosText, type Cents } from '#dsr/money/index.ts';
import { versionText } from '#dsr/official-data/index.ts';
import { advanceRateFor, type Scales } from '#dsr/scales/index.ts';
import { count } from '#reports/words/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { deadlinesOf, moneyView, type Figures, type LedgerOrder, type MoneyView } from '#tracker/ledger/index.ts';
import type { Order, Vendor } from '#tracker/orders/index.ts';
import { frenchDate, judgeWindow, productOf } from '#tracker/window/index.ts';
import { readBook } from './book.ts';
import type { Action, CliContext } from './context.ts';
import { loadVendor } from './load-vendor.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import { tableLines, terminalWidth, wrap, type TableColumn } from './table.ts';
import { readDates } from './window-dates.ts';

type By = 'month' | 'client';

interface MoneyOptions {
  readonly by?: By;
  readonly vendor?: string;
  readonly calendar?: string;
  readonly scales?: string;
  readonly verbose?: boolean;
  readonly today?: string;
}

/** Orders at risk told one by one without --verbose. */
const SHOWN = 15;

/** `jalon orders money`: what is expected, asked for, paid and at risk. */
export function ordersMoneyCommand(orders: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = orders
    .command('money')
    .description('l’argent des bons : attendu, demandé, payé, en danger, par mois et par client, et les échéances')
    .option('--by <vue>', 'une seule vue : month (par mois) ou client', parseBy)
    .option(
      '--vendor <fichier>',
      'fichier de l’éditeur (par défaut : editeur.json du dossier de travail), pour la fenêtre',
    )
    .option('--today <date>', 'jour à considérer (par défaut : aujourd’hui à Paris)')
    .option('--verbose', 'montre tous les bons en danger');
  scalesOption(calendarOption(command)).action((options: MoneyOptions, command: Command) =>
    play(command, (context) => money(context, options)),
  );
}

function parseBy(value: string): By {
  if (value === 'month' || value === 'client') return value;
  throw new InvalidArgumentError(`Vue inconnue : ${value}. Écrivez month ou client.`);
}

async function money(context: CliContext, options: MoneyOptions): Promise<number> {
  const now = options.today === undefined ? context.now() : startOf(readDates(options, context.now()).today);
  const calendar = await calendarFrom(options.calendar);
  const scales = await scalesFrom(options.scales);
  const vendor = await loadVendor(options.vendor, context.dataDir);
  const given = await readBook(context.dataDir, async (tracker) => {
    const requests = Map.groupBy(await tracker.paymentRequests(), ({ order }) => order);
    return (await tracker.orders()).map((order): LedgerOrder => {
      const window = windowOf(order, vendor);
      return {
        order,
        requests: requests.get(order.number) ?? [],
        deadlines: deadlinesOf(order, calendar),
        advanceShare: advanceRateFor(order.couloir, order.wave, order.sites.length, scales),
        ...(window === undefined ? {} : { window }),
      };
    });
  });
  const view = moneyView(given, now);
  const told = { view, calendar, scales, vendor, today: parisDay(now) };
  context.out(context.json ? `${JSON.stringify(documentOf(told))}\n` : textOf(told, options));
  return EXIT.ok;
}

/** The beginning of a day in Paris, whichever its season: a deadline of that day is still to come. */
function startOf(day: CivilDate): Date {
  return new Date(`${day}T00:00:00+01:00`);
}

function windowOf(order: Order, vendor: Vendor | undefined): LedgerOrder['window'] {
  const product = vendor === undefined ? 'no-product' : productOf(order, vendor.products);
  return typeof product === 'string'
    ? undefined
    : judgeWindow({ ...product, signedOn: order.signedOn, ht: order.amounts.ht }).status;
}

interface Told {
  readonly view: MoneyView;
  readonly calendar: Calendar;
  readonly scales: Scales;
  readonly vendor: Vendor | undefined;
  readonly today: ReturnType<typeof parisDay>;
}

const MONEY = ['expected', 'toRequest', 'requested', 'paid', 'atRisk', 'amount'] as const;

/** Amounts as euros with two decimals: JSON has no cents of its own. */
function inEuros(figures: object): object {
  const amounts = figures as Partial<Record<(typeof MONEY)[number], Cents>>;
  const euros = MONEY.flatMap((name) =>
    amounts[name] === undefined ? [] : [[name, eurosText(amounts[name])] as const],
  );
  return { ...figures, ...Object.fromEntries(euros) };
}

function documentOf({ view, calendar, scales, vendor, today }: Told): object {
  return {
    today,
    windowJudged: vendor !== undefined,
    totals: inEuros(view.totals),
    byMonth: view.byMonth.map((group) => ({ month: null, ...inEuros(group) })),
    byClient: view.byClient.map(inEuros),
    orders: view.orders.map(inEuros),
    deadlines: view.deadlines.map(inEuros),
    calendar: calendar.versions,
    scales: scales.versions,
  };
}

const AMOUNTS: readonly TableColumn[] = [
  { header: 'Bons', align: 'right' },
  { header: 'Attendu', align: 'right' },
  { header: 'À demander', align: 'right' },
  { header: 'Demandé', align: 'right' },
  { header: 'Payé', align: 'right' },
  { header: 'En danger', align: 'right' },
];

function cells({ orders, expected, toRequest, requested, paid, atRisk }: Figures): readonly string[] {
  return [String(orders), ...[expected, toRequest, requested, paid, atRisk].map(briefEuros)];
}

function tableOf(header: string, rows: readonly (readonly [string, Figures])[], width: number): readonly string[] {
  const columns: readonly TableColumn[] = [{ header, least: 10 }, ...AMOUNTS];
  return [
    '',
    ...tableLines(
      columns,
      rows.map(([name, figures]) => [name, ...cells(figures)]),
      width,
    ),
  ];
}

const DEADLINES = {
  advance: 'Demande d’avance',
  firmDate: 'Date ferme à annoncer au client',
  service: 'Réalisation de la prestation',
  balance: 'Demande de solde',
} as const;

function textOf({ view, calendar, scales, vendor, today }: Told, { by, verbose }: MoneyOptions): string {
  const width = terminalWidth();
  const risky = view.orders.filter(({ risks }) => risks.length > 0);
  const shown = verbose === true ? risky : risky.slice(0, SHOWN);
  return `${[
    `Argent des bons de commande au ${frenchDate(today)}, montants TTC`,
    ...tableOf('', [['Total', view.totals]], width),
    ...(by === 'client'
      ? []
      : tableOf(
          'Mois',
          view.byMonth.map((one) => [one.month ?? 'sans date', one]),
          width,
        )),
    ...(by === 'month'
      ? []
      : tableOf(
          'Client',
          view.byClient.map((one) => [one.client, one]),
          width,
        )),
    '',
    ...view.deadlines.flatMap(({ kind, deadline, missed, daysLeft, orders, amount }) =>
      wrap(
        `${DEADLINES[kind]} : ${frenchDate(deadline.date)}${deadline.time === undefined ? '' : ` à ${deadline.time}`}, ${missed ? 'dépassée' : daysLeft === 0 ? 'aujourd’hui' : `dans ${count(daysLeft, 'jour', 'jours')}`}, ${count(orders.length, 'bon', 'bons')}, ${briefEuros(amount)}`,
        width,
        '  - ',
      ),
    ),
    ...shown.flatMap(({ number, client, atRisk, risks }) => [
      ...wrap(`${number}, ${client} : ${briefEuros(atRisk)} en danger`, width),
      ...risks.flatMap(({ code, message, remedy }) => wrap(`${message} ${remedy} [${code}]`, width, '  - ')),
    ]),
    ...(risky.length > shown.length
      ? [`… et ${count(risky.length - shown.length, 'autre bon', 'autres bons')} en danger : ajoutez --verbose.`]
      : []),
    ...(vendor === undefined
      ? wrap(
          'La fenêtre des 120 jours n’est pas jugée : donnez --vendor editeur.json, ou posez ce fichier dans le dossier de travail.',
          width,
        )
      : []),
    ...calendar.versions.flatMap((version) => wrap(`Calendrier : ${versionText(version)}`, width)),
    ...scales.versions.flatMap((version) => wrap(`Barème : ${versionText(version)}`, width)),
  ].join('\n')}\n`;
}
