import type { Deadline } from '#dsr/dates/index.ts';

/** A day that people must not miss. */
export interface ReminderTarget extends Deadline {
  /** Stable: the same order or milestone keeps it when its date moves. */
  readonly id: string;
  readonly kind: 'order' | 'milestone' | 'money' | 'complement' | 'requirement';
  /** French, a few words: what ends, or happens, that day. */
  readonly title: string;
  /** French sentences: what to do, where the date comes from. */
  readonly detail: string;
}

/** Days before the target. */
export type DaysBefore = 30 | 15 | 7 | 1;

export interface Reminder {
  /** Stable: target and days before. */
  readonly id: string;
  readonly target: ReminderTarget;
  readonly daysBefore: DaysBefore;
  /** Day on which it is given. */
  readonly on: ReminderTarget['date'];
}

/** A reminder that is to be sent today, maybe a little late. */
export interface DueReminder extends Reminder {
  /** What is remembered once it is sent: a date that moves is reminded of again. */
  readonly key: string;
  /** Days that are really left. */
  readonly daysLeft: number;
  /** French sentence for whoever receives it. */
  readonly text: string;
}
