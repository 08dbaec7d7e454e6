export { calendarFile } from './calendar-file.ts';
export { ReminderError, type ReminderErrorCode } from './errors.ts';
export { openMemory, type SentMemory } from './memory.ts';
export { DAYS_BEFORE, dueReminders, remindersOf } from './plan.ts';
export { milestoneTargets, orderTargets, type ReminderProduct } from './targets.ts';
export type { DaysBefore, DueReminder, Reminder, ReminderTarget } from './types.ts';
export { causeOf, postReminders, postSigned, readWebhookUrl, signatureOf, type WebhookOptions } from './webhook.ts';
