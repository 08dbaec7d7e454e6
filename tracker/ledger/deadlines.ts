import { milestone, type Calendar, type MilestoneKind } from '#dsr/calendar/index.ts';
import type { Deadline } from '#dsr/dates/index.ts';
import type { Order } from '../orders/types.ts';
import rules from './rules.json' with { type: 'json' };
import type { OrderDeadlines } from './types.ts';

const KINDS = {
  advance: 'advance-request',
  firmDate: 'firm-date-announced',
  service: 'service-done',
  balance: 'balance-request',
} as const satisfies Record<string, MilestoneKind>;

/** The dates in force for an order, from the calendar of its couloir and wave. */
export function deadlinesOf({ couloir, wave }: Pick<Order, 'couloir' | 'wave'>, calendar: Calendar): OrderDeadlines {
  const found = Object.entries(KINDS).flatMap(([name, kind]) => {
    const { milestone: one } = milestone(couloir, wave, kind, { calendar });
    if (one === undefined) return [];
    const deadline: Deadline = { date: one.date, ...(one.time === undefined ? {} : { time: one.time }) };
    return [[name, deadline] as const];
  });
  const noticeDue = rules.noticeDue.some((rule) => rule.couloir === couloir && rule.wave === wave);
  return { ...Object.fromEntries(found), noticeDue };
}
