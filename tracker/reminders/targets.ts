import { briefEuros } from '#dsr/money/index.ts';
import { kindOf, type Milestone } from '#dsr/calendar/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { frenchDate, type CampaignWindow } from '../window/index.ts';
import type { ReminderTarget } from './types.ts';

/** Which file the orders depend on. */
export interface ReminderProduct {
  readonly name: string;
  readonly couloir: string;
  readonly wave: string;
}

/** The last day of each order that still waits for the complete file, not yet past. */
export function orderTargets(
  product: ReminderProduct,
  { orders }: Pick<CampaignWindow, 'orders'>,
  today: CivilDate,
): readonly ReminderTarget[] {
  return orders.flatMap(({ number, client, ht, judged }) => {
    const { status, lastDayForCompleteFile: date } = judged;
    if (status !== 'pending' || date === null || date < today) return [];
    return [
      {
        id: idOf('commande', product.couloir, product.wave, number),
        kind: 'order' as const,
        date,
        title: `Dernier jour du dossier complet pour la commande ${number}`,
        detail:
          `${client}, ${briefEuros(ht)} HT : le dossier de ${product.name} (${product.couloir}, vague ${product.wave}) ` +
          `doit être réputé complet par l’ANS le ${frenchDate(date)} au plus tard, sinon la commande sort de la fenêtre des 120 jours.`,
      },
    ];
  });
}

/** The dates of the official calendar that are not yet past. */
export function milestoneTargets(milestones: readonly Milestone[], today: CivilDate): readonly ReminderTarget[] {
  return milestones
    .filter(({ date }) => date >= today)
    .map(({ couloir, wave, kind, date, time, rankLabel, source, note }) => {
      const about = couloir === '*' ? `tous couloirs, vague ${wave}` : `${couloir}, vague ${wave}`;
      return {
        id: idOf('calendrier', couloir, wave, kind),
        kind: 'milestone' as const,
        date,
        ...(time === undefined ? {} : { time }),
        title: `${kindOf(kind).title} (${about})`,
        detail: [
          `Calendrier officiel, date ${rankLabel}.`,
          ...(note === undefined ? [] : [note]),
          `Source : ${source}.`,
        ].join(' '),
      };
    });
}

/** Numbers are the vendor's: whatever they hold, two of them never make the same id. */
function idOf(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/');
}
