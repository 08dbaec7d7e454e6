import { addDays, daysBetween, type CivilDate } from '#dsr/dates/index.ts';
import { counted, frenchDate } from '../window/index.ts';
import type { DaysBefore, DueReminder, Reminder, ReminderTarget } from './types.ts';

/** Earliest first. */
export const DAYS_BEFORE: readonly DaysBefore[] = [30, 15, 7, 1];

/** The four reminders of each target, whether their day is past or not: a calendar file is then the same every day. */
export function remindersOf(targets: readonly ReminderTarget[]): readonly Reminder[] {
  return targets.flatMap((target) =>
    DAYS_BEFORE.map((daysBefore) => ({
      id: `${target.id}/J-${daysBefore}`,
      target,
      daysBefore,
      on: addDays(target.date, -daysBefore),
    })),
  );
}

/**
 * What is to be sent today. Nobody may have run the command on the very day: the latest reminder whose day has come is
 * given late, those before it are then without object. Nothing is given after the target.
 *
 * @param sent keys of what was sent
 * @returns the nearest target first
 */
export function dueReminders(
  targets: readonly ReminderTarget[],
  today: CivilDate,
  sent: ReadonlySet<string>,
): readonly DueReminder[] {
  return targets
    .flatMap((target) => {
      const daysLeft = daysBetween(today, target.date);
      const reminder = remindersOf([target]).findLast(({ daysBefore }) => daysLeft <= daysBefore);
      if (reminder === undefined || daysLeft < 0) return [];
      const key = `${reminder.id}@${target.date}${target.time === undefined ? '' : `T${target.time}`}`;
      return sent.has(key) ? [] : [{ ...reminder, key, daysLeft, text: textOf(target, daysLeft) }];
    })
    .toSorted((one, other) => one.daysLeft - other.daysLeft);
}

function textOf({ title, date, time, detail }: ReminderTarget, daysLeft: number): string {
  const left = daysLeft === 0 ? 'aujourd’hui' : `dans ${counted(daysLeft, 'jour')}`;
  const hour = time === undefined ? '' : ` à ${time}`;
  return `${title} : ${left}, le ${frenchDate(date)}${hour}. ${detail}`;
}
