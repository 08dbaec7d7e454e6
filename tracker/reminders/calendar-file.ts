import ical, { ICalAlarmRelatesTo, ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import { daysBetween, parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { remindersOf } from './plan.ts';
import type { ReminderTarget } from './types.ts';

const ZONE = 'Europe/Paris';
const EPOCH = parseCivilDate('2020-01-01');
/** Seconds after midnight. */
const NINE_O_CLOCK = 9 * 3600;

/** Without it, a time with a zone means nothing to a reader of calendars. Rule in force since 1996 (directive 2000/84/CE). */
const PARIS = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/**
 * The targets and their reminders as an iCalendar file (RFC 5545): each target on its day, at its hour of Paris when it
 * has one; each reminder as a day of its own with an alarm at nine, since many calendars drop alarms that they import.
 * Events keep their UID from one file to the next: importing again moves them instead of doubling them.
 *
 * @param name shown by the calendar that imports it
 * @param today day of the file; a later file wins over an earlier one
 */
export function calendarFile(targets: readonly ReminderTarget[], name: string, today: CivilDate): string {
  const calendar = ical({
    name,
    prodId: { company: 'Jalon', product: 'Rappels', language: 'FR' },
    timezone: { name: ZONE, generator: () => PARIS },
  });
  const common = {
    stamp: Temporal.PlainDate.from(today).toPlainDateTime(),
    sequence: EPOCH === undefined ? 0 : Math.max(0, daysBetween(EPOCH, today)),
  };
  for (const target of targets) {
    const { id, date, time, title, detail } = target;
    const day = Temporal.PlainDate.from(date);
    calendar.createEvent({
      ...common,
      id: `${id}@jalon`,
      summary: title,
      description: detail,
      ...(time === undefined
        ? { start: day, allDay: true, transparency: ICalEventTransparency.TRANSPARENT }
        : { start: day.toZonedDateTime({ timeZone: ZONE, plainTime: time }), timezone: ZONE }),
    });
    for (const reminder of remindersOf([target])) {
      const event = calendar.createEvent({
        ...common,
        id: `${reminder.id}@jalon`,
        start: Temporal.PlainDate.from(reminder.on),
        allDay: true,
        transparency: ICalEventTransparency.TRANSPARENT,
        summary: `J-${reminder.daysBefore} : ${title}`,
        description: detail,
      });
      // By default the library counts from the midnight that ends the day.
      event
        .createAlarm({ type: ICalAlarmType.display, triggerAfter: NINE_O_CLOCK, description: title })
        .relatesTo(ICalAlarmRelatesTo.start);
    }
  }
  // DTSTAMP must be UTC; the library writes it in the zone of the calendar, without saying so.
  return calendar.toString().replaceAll(/^(DTSTAMP:\d{8}T\d{6})(?=\r?$)/gm, '$1Z');
}
