import { addDays, daysBetween, type CivilDate } from '#dsr/dates/index.ts';
import { briefEuros, sum } from '#dsr/money/index.ts';
import type { Amount, CampaignWindow, OrderWindow, Slip, SlipStep } from './campaign-types.ts';
import { counted, frenchDate } from './words.ts';

/** An order on which the complete file decides. */
export interface BoundOrder {
  readonly order: OrderWindow;
  readonly lastDay: CivilDate;
}

export function amountOf(orders: readonly OrderWindow[]): Amount {
  return { count: orders.length, ht: sum(orders.map(({ ht }) => ht)) };
}

/** The orders by last day, soonest first, with what is lost up to there. */
export function stepsOf(orders: readonly BoundOrder[], reference: CivilDate): readonly SlipStep[] {
  const byDay = Map.groupBy(orders, ({ lastDay }) => lastDay);
  const steps: SlipStep[] = [];
  let total = amountOf([]);
  for (const [lastDay, leaving] of [...byDay].toSorted(([one], [other]) => daysBetween(other, one))) {
    const lost = amountOf(leaving.map(({ order }) => order));
    total = { count: total.count + lost.count, ht: sum([total.ht, lost.ht]) };
    const slipDays = daysBetween(reference, lastDay) + 1;
    steps.push({ lastDay, slipDays, orders: leaving.map(({ order }) => order.number), lost, total });
  }
  return steps;
}

/**
 * What a file complete on a day costs, beyond what is already out at the reference.
 *
 * @param completeOn a day before the reference loses nothing
 */
export function completeOn(campaign: CampaignWindow, completeOn: CivilDate): Slip {
  const days = daysBetween(campaign.reference.on, completeOn);
  const passed = campaign.steps.filter(({ slipDays }) => slipDays <= days);
  return {
    completeOn,
    orders: passed.flatMap(({ orders }) => orders),
    ...(passed.at(-1)?.total ?? amountOf([])),
  };
}

/**
 * What a slip of so many days costs, from the reference of the campaign.
 *
 * @throws {RangeError} when it is not a whole number of days, 0 or more, or leaves the calendar
 */
export function slipBy(campaign: CampaignWindow, days: number): Slip {
  if (!Number.isSafeInteger(days) || days < 0)
    throw new RangeError(`${days} n'est pas un nombre de jours de glissement`);
  return completeOn(campaign, addDays(campaign.reference.on, days));
}

/**
 * `Si le dossier complet part après le 14 juin, 3 commandes et 82 350 € HT sortent de la fenêtre.`
 *
 * @param within a date whose year goes without saying
 */
export function stepSentence({ lastDay, total }: SlipStep, within?: CivilDate): string {
  return `Si le dossier complet part après le ${frenchDate(lastDay, within)}, ${lostWords(total)} de la fenêtre.`;
}

/** What a slip costs, in the same words. */
export function slipSentence(slip: Slip, within?: CivilDate): string {
  const when = frenchDate(slip.completeOn, within);
  if (slip.count === 0) return `Si le dossier complet part le ${when}, aucune commande ne sort de la fenêtre.`;
  return `Si le dossier complet part le ${when}, ${lostWords(slip)} de la fenêtre.`;
}

function lostWords({ count, ht }: Amount): string {
  return `${counted(count, 'commande')} et ${briefEuros(ht)} HT sortent`;
}
