import { briefEuros } from '#dsr/money/index.ts';
import type { Calendar } from '#dsr/calendar/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import {
  completeOn,
  counted,
  explainWindow,
  FORECAST_METHOD,
  forecastSentence,
  frenchDate,
  slipSentence,
  stepSentence,
  windowSummary,
  type Amount,
  type Explanation,
  type OrderWindow,
  type ProductWindow,
  type Slip,
  type WindowInput,
  type WindowJudgement,
} from '#tracker/window/index.ts';
import { editionLines } from './editions.ts';
import { oneLine, tableLines, wrap, type TableColumn } from './table.ts';
import type { FileProgress } from './window-forecast.ts';

/** Lines of a terminal; `--json` gives everything. */
const MOST_TOLD = 20;
const MOST_ORDERS = 40;
const MOST_STEPS = 12;

const KINDS: Readonly<Record<Explanation['kind'], string>> = {
  reason: 'Motif',
  waiting: 'En attente',
  warning: 'Attention',
};

/** One order: the status first, then what it rests on. */
export function judgementText(
  input: WindowInput,
  judged: WindowJudgement,
  explanations: readonly Explanation[],
  width: number,
): string {
  const { daysBeforeCompleteFile: days, lastDayForCompleteFile: lastDay } = judged;
  const facts = [
    ...(lastDay === null
      ? []
      : [`Dernier jour pour un dossier complet : ${frenchDate(lastDay)} (signature + 120 jours, ce jour compris)`]),
    ...(days === null ? [] : [`Jours entre la signature et le dossier complet : ${days}`]),
  ];
  return textOf([
    windowSummary(input, judged),
    ...facts.map((fact) => `  ${fact}`),
    ...explanations.flatMap((one) => wrap(explanationText(one), width, '  - ')),
  ]);
}

function explanationText({ kind, code, message, remedy }: Explanation): string {
  return `${KINDS[kind]} : ${message}${remedy === undefined ? '' : ` ${remedy}`} [${code}]`;
}

export interface SlippedProduct {
  readonly group: ProductWindow;
  /** The slip that the user asked for. */
  readonly slip?: Slip | undefined;
  readonly progress?: FileProgress | undefined;
}

/** The book, product by product. */
export function bookText(
  products: readonly SlippedProduct[],
  calendar: Calendar,
  today: CivilDate,
  width: number,
): string {
  const editions = editionLines({ calendar }, width);
  return `${products.map((one) => productText(one, today, width)).join('\n')}\n${textOf(editions)}`;
}

function productText({ group, slip, progress }: SlippedProduct, today: CivilDate, width: number): string {
  const { window } = group;
  const missing = window.orders.filter(({ mentionMissing }) => mentionMissing);
  return textOf([
    `── ${titleOf(group)}`,
    ...wrap(referenceSentence(group, today), width, '  '),
    `  Signature la plus ancienne encore couverte : ${frenchDate(window.earliestSignatureCovered)}`,
    `  ${advanceEndText(group)}`,
    `  Finançables : ${amountText(window.eligible)} · en attente : ${amountText(window.pending)} · hors financement : ${amountText(window.notEligible)}`,
    ...(window.alreadyOut.count === 0
      ? []
      : [`  Déjà sorties de la fenêtre : ${amountText(window.alreadyOut)} (${listed(window.alreadyOut.orders)})`]),
    '',
    ...orderLines(window.orders, width).map((line) => `  ${line}`),
    '',
    ...toldLines(group, today, width),
    ...stepLines(group, today),
    ...(slip === undefined || window.reference.basis === 'deemed-complete'
      ? []
      : [`  ${slipSentence(slip, today)}${slip.count === 0 ? '' : ` (${listed(slip.orders)})`}`]),
    ...(progress === undefined ? [] : forecastLines(group, progress, today, width)),
    ...(missing.length === 0
      ? []
      : wrap(
          `Attention : ${counted(missing.length, 'commande')} sans la mention conditionnelle que la règle demande avant le référencement (${listed(missing.map(({ number }) => number))}) : à régler avec le client.`,
          width,
          '  ',
        )),
  ]);
}

function titleOf({ couloir, wave, product, without }: ProductWindow): string {
  const dsr = `${couloir}, vague ${wave}`;
  if (product !== undefined) return `${oneLine(product.name)} ${oneLine(product.version)} (${dsr})`;
  return without === 'several-products' ? `${dsr} : plusieurs produits possibles, dates de l’éditeur non prises` : dsr;
}

function referenceSentence({ window }: ProductWindow, today: CivilDate): string {
  const on = frenchDate(window.reference.on);
  switch (window.reference.basis) {
    case 'deemed-complete':
      return `Dossier réputé complet par l’ANS le ${on}.`;
    case 'planned':
      return `Vu d’un dossier complet le ${on}, date supposée.`;
    case 'sent':
      return `Dossier envoyé le ${on} ; la date qui compte est celle à laquelle l’ANS le répute complet, renseignez-la dès qu’elle est connue.`;
    case 'today':
      return `Dossier non envoyé : vu d’un dossier complet aujourd’hui, ${frenchDate(today)}.`;
  }
}

function advanceEndText({ dates, advanceEndSource }: ProductWindow): string {
  if (dates.advancePeriodEndsOn === undefined) {
    return 'Fin des demandes d’avance : inconnue, la règle de période n’est pas vérifiée (--advance-end)';
  }
  const source = advanceEndSource === 'calendar' ? ' (calendrier officiel)' : '';
  return `Fin des demandes d’avance : ${frenchDate(dates.advancePeriodEndsOn)}${source}`;
}

const COLUMNS: readonly TableColumn[] = [
  { header: 'Commande', least: 8, worth: 2 },
  { header: 'Client', least: 8, worth: 1 },
  { header: 'Montant HT', align: 'right' },
  { header: 'Signée le' },
  { header: 'Dernier jour' },
  { header: 'Reste', align: 'right' },
  { header: 'État' },
];

const STATUS: Readonly<Record<WindowJudgement['status'], string>> = {
  eligible: 'finançable',
  pending: 'en attente',
  'not-eligible': 'hors financement',
};

/** Soonest last day first: what may be lost stands above. */
function orderLines(orders: readonly OrderWindow[], width: number): readonly string[] {
  const key = ({ judged }: OrderWindow): string => judged.lastDayForCompleteFile ?? '~';
  const sorted = orders.toSorted((one, other) => key(one).localeCompare(key(other)));
  const rows = sorted
    .slice(0, MOST_ORDERS)
    .map(({ number, client, ht, signedOn, judged }) => [
      number,
      client,
      briefEuros(ht),
      signedOn === undefined ? 'non signée' : numeric(signedOn),
      judged.lastDayForCompleteFile === null ? '—' : numeric(judged.lastDayForCompleteFile),
      judged.daysLeft === null ? '—' : `${judged.daysLeft} j`,
      (judged.daysLeft ?? 0) < 0 && judged.status === 'pending' ? 'jour passé' : STATUS[judged.status],
    ]);
  const more = orders.length - rows.length;
  return [
    ...tableLines(COLUMNS, rows, width - 2),
    ...(more > 0 ? [`… et ${counted(more, 'autre')} : --json les donne toutes.`] : []),
  ];
}

/** Told above the table for all the orders, or by a column of it. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['only-sent-known', 'advance-end-unknown']);

/** Why orders are out or doubtful, and the way out: each sentence once, with the orders that it is true of. */
function toldLines({ window, dates }: ProductWindow, today: CivilDate, width: number): readonly string[] {
  const told = window.orders.flatMap(({ number, signedOn, judged }) =>
    explainWindow({ ...dates, signedOn, today }, judged)
      .filter(({ kind, code }) => kind !== 'waiting' && !TOLD_ELSEWHERE.has(code))
      .map((explanation) => ({ number, explanation, text: explanationText(explanation) })),
  );
  // Reasons first: they cost money.
  const bySentence = [...Map.groupBy(told, ({ text }) => text).values()].toSorted(
    ([one], [other]) => Number(other?.explanation.kind === 'reason') - Number(one?.explanation.kind === 'reason'),
  );
  const more = bySentence.length - MOST_TOLD;
  const lines = bySentence
    .slice(0, MOST_TOLD)
    .flatMap((group) => wrap(`${listed(group.map(({ number }) => number))} : ${group[0]?.text ?? ''}`, width, '  - '));
  if (more > 0) lines.push(`  … et ${counted(more, 'autre remarque', 'autres remarques')} : --json les donne toutes.`);
  return lines.length === 0 ? [] : [...lines, ''];
}

function stepLines({ window }: ProductWindow, today: CivilDate): readonly string[] {
  if (window.reference.basis === 'deemed-complete')
    return ['  Le dossier est complet : plus rien ne sort de la fenêtre.'];
  if (window.steps.length === 0) return ['  Aucune commande ne dépend plus de la date du dossier.'];
  const more = window.steps.length - MOST_STEPS;
  return [
    ...window.steps.slice(0, MOST_STEPS).map((step) => `  ${stepSentence(step, today)} [+${step.slipDays} j]`),
    ...(more > 0 ? [`  … et ${counted(more, 'autre échéance', 'autres échéances')} : --json les donne toutes.`] : []),
  ];
}

function forecastLines(
  { window }: ProductWindow,
  { product, total, remaining, forecast }: FileProgress,
  today: CivilDate,
  width: number,
): readonly string[] {
  const ends = forecast.kind === 'range' ? [forecast.from, forecast.to] : [];
  const costs = ends.flatMap((end) => (end === null ? [] : [`  ${slipSentence(completeOn(window, end), today)}`]));
  return [
    '',
    `  Preuves de ${oneLine(product)} : ${remaining} à compléter sur ${total}`,
    ...wrap(forecastSentence(forecast, today), width, '  '),
    ...(window.reference.basis === 'today' ? costs : []),
    ...wrap(FORECAST_METHOD, width, '  '),
  ];
}

function amountText({ count, ht }: Amount): string {
  return `${counted(count, 'commande')}, ${briefEuros(ht)} HT`;
}

function listed(numbers: readonly string[]): string {
  const shown = numbers.slice(0, 5).map(oneLine).join(', ');
  return numbers.length > 5 ? `${shown}… ${numbers.length} en tout` : shown;
}

/** `14/06/2022`. */
function numeric(date: CivilDate): string {
  return date.split('-').toReversed().join('/');
}

/** A terminal shows unbreakable spaces as any other, and a search for « 82 350 € » must find them. */
function textOf(lines: readonly string[]): string {
  return `${lines.join('\n').replaceAll('\u00A0', ' ')}\n`;
}
