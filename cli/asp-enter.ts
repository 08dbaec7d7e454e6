import { InvalidArgumentError, type Command } from 'commander';
import { readEuros, type Cents } from '#dsr/money/index.ts';
import {
  ENTERED_STATUSES,
  enterRequest,
  regulationOf,
  requestStatus,
  type Entered,
  type EnteredStatus,
  type RequestKind,
} from '#tracker/asp/index.ts';
import type { Scales } from '#dsr/scales/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Tracker } from '#tracker/store/index.ts';
import type { Order } from '#tracker/orders/index.ts';
import { identifierProblem } from './asp-inputs.ts';
import { instantOf, parseMoment, type Moment } from './asp-moments.ts';
import { sourcesOf } from './asp-orders.ts';
import { placeIn, type OrderSource } from './asp-places.ts';
import { requestHistory } from './asp-status.ts';
import { noteLines, refusedLines, type RefusedRow } from './asp-text.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { editionLines, editionsDocument } from './editions.ts';
import { loadOrders } from './load-orders.ts';
import { requireVendor } from './load-vendor.ts';
import { calendarFrom, scalesFrom, scalesOption } from './official-data.ts';
import { terminalWidth } from './table.ts';
import { openTrackerOf } from './tracker.ts';

interface EnterOptions {
  readonly kind: RequestKind;
  readonly amount: Cents;
  readonly ht?: Cents;
  readonly status: EnteredStatus;
  readonly at: Moment;
  readonly deposited?: Moment;
  readonly reference?: string;
  readonly note?: string;
  readonly orders?: string;
  readonly vendor?: string;
  readonly scales?: string;
  readonly correct?: boolean;
  readonly by: string;
}

/** `jalon asp enter`: a request handed in without Jalon, so that its balance can be made and its money counted. */
export function aspEnterCommand(asp: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = asp
    .command('enter')
    .description('saisit une demande déposée sans Jalon, pour que le solde et l’argent la comptent')
    .argument('<bon>', 'numéro du bon de commande')
    .requiredOption('--amount <euros>', 'montant TTC demandé : 9882,00', parseAmount)
    .requiredOption('--status <statut>', `où elle en est : ${ENTERED_STATUSES.join(', ')}`, parseStatus)
    .requiredOption('--at <moment>', 'depuis quand (heure de Paris) : 2022-11-29 ou 2022-11-29T10:00', parseMoment)
    .option('--kind <nature>', 'avance ou solde', parseKind, 'avance')
    .option('--ht <euros>', 'montant HT demandé ; calculé sans cette option', parseAmount)
    .option('--deposited <moment>', 'quand elle a été déposée, si elle est plus loin', parseMoment)
    .option('--reference <numéro>', 'numéro donné par l’ASP')
    .option('--note <texte>', 'ce que l’ASP a dit')
    .option('--orders <fichier>', 'liste où se trouve le bon ; le carnet du suivi sans cette option')
    .option('--vendor <fichier>', 'fichier de l’éditeur ; editeur.json du dossier de travail sans cette option')
    .option('--correct', 'remplace le montant et le numéro d’une saisie, au même statut')
    .option('--by <nom>', 'qui saisit', 'jalon asp enter');
  scalesOption(command).action((number: string, options: EnterOptions, own: Command) =>
    play(own, (context) => enter(context, number, options)),
  );
}

function parseAmount(value: string): Cents {
  const amount = readEuros(value);
  if (amount === undefined) throw new InvalidArgumentError(`Montant invalide : ${value}. Écrivez 9882,00.`);
  return amount;
}

function parseStatus(value: string): EnteredStatus {
  const found = ENTERED_STATUSES.find((one) => one === value);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(
    `Statut inconnu : ${value}. Parmi : ${ENTERED_STATUSES.join(', ')} ; la suite se note par « asp status ».`,
  );
}

function parseKind(value: string): RequestKind {
  if (value === 'avance' || value === 'solde') return value;
  throw new InvalidArgumentError(`Nature inconnue : ${value}. Écrivez avance ou solde.`);
}

async function enter(context: CliContext, number: string, options: EnterOptions): Promise<number> {
  const calendar = await calendarFrom();
  const scales = await scalesFrom(options.scales);
  const vendor = await requireVendor(options.vendor, context.dataDir);
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTrackerOf(folder.path);
    try {
      const { kind, amount: ttc, ht, status, deposited, reference, note, by } = options;
      const { order, source } = await orderOf(number.trim(), options.orders, tracker);
      const now = context.now();
      const at = instantOf(options.at, now);
      const depositedAt = deposited === undefined ? undefined : instantOf(deposited, now);
      const entered = enterRequest({
        kind,
        number: number.trim(),
        vendor,
        requests: await tracker.paymentRequests(),
        regulation: regulationOf({ now, calendar, scales, identifierProblem }),
        ttc,
        status,
        at,
        by,
        correcting: options.correct === true,
        ...(order === undefined ? {} : { order }),
        ...(ht === undefined ? {} : { ht }),
        ...(depositedAt === undefined ? {} : { depositedAt }),
        ...(reference === undefined ? {} : { reference }),
        ...(note === undefined ? {} : { note }),
      });
      if (entered.ok) await tracker.putPaymentRequests([entered.request], { at: now.toISOString(), by });
      const told: Told = {
        entered,
        scales,
        refused: entered.ok ? [] : [placed(entered.refused, order, source)],
      };
      context.out(context.json ? jsonText(told) : textOf(told));
      return entered.ok ? EXIT.ok : EXIT.usage;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

interface FoundOrder {
  readonly order?: Order | undefined;
  readonly source: OrderSource;
}

async function orderOf(number: string, file: string | undefined, tracker: Tracker): Promise<FoundOrder> {
  if (file === undefined) return { order: await tracker.order(number), source: { kind: 'book' } };
  const reading = await loadOrders(file);
  const found = reading.orders.find(({ order }) => order.number === number);
  return { order: found?.order, source: sourcesOf(reading)(found?.row ?? 0) };
}

/** What the command line says, by its name there. */
const OPTIONS: Readonly<Record<string, string>> = {
  amount: '--amount',
  ht: '--ht',
  at: '--at',
  deposited: '--deposited',
  number: 'numéro du bon',
};

function placed(refused: RefusedRow, order: Order | undefined, source: OrderSource): RefusedRow {
  const placeOf = (where: string): string =>
    OPTIONS[where] ?? (order === undefined ? where : placeIn(order, where, source));
  return { ...refused, reasons: refused.reasons.map((reason) => ({ ...reason, where: placeOf(reason.where) })) };
}

interface Told {
  readonly entered: Entered;
  readonly scales: Scales;
  readonly refused: readonly RefusedRow[];
}

function jsonText({ entered, scales, refused }: Told): string {
  const { request, notes } = entered.ok
    ? { ...entered, request: { ...entered.request, status: requestStatus(entered.request) } }
    : { request: null, notes: [] };
  return `${JSON.stringify({ request, warnings: notes, refused, ...editionsDocument({ scales }) })}\n`;
}

function textOf({ entered, scales, refused }: Told): string {
  const width = terminalWidth();
  const editions = editionLines({ scales }, width).map((line) => `${line}\n`);
  const told = entered.ok
    ? `${requestHistory(entered.request)}${noteLines(entered.notes, width)}`
    : `${refusedLines(refused, width).join('\n')}\n`;
  return `${told}${editions.join('')}`;
}
