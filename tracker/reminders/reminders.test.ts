import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCalendar, milestone } from '#dsr/calendar/index.ts';
import { addDays, daysBetween, type CivilDate } from '#dsr/dates/index.ts';
import { campaignWindow } from '../window/index.ts';
import { day, orderOf, plain } from '../window/orders.fixture.ts';
import {
  calendarFile,
  dueReminders,
  milestoneTargets,
  orderTargets,
  remindersOf,
  type ReminderTarget,
} from './index.ts';

const today = day('2022-06-01');
const product = { name: 'Éprouvette', couloir: 'SGL', wave: '1' };
const target = (id: string, date: string, more: Partial<ReminderTarget> = {}): ReminderTarget => ({
  id,
  kind: 'order',
  date: day(date),
  title: `Fin de ${id}`,
  detail: 'À faire.',
  ...more,
});
const balance = milestone('SGL', '1', 'balance-request').milestone;

describe('the targets', () => {
  it('are the last days of the orders that wait, not yet past', () => {
    const orders = [
      orderOf('BC-1', '2022-02-14'),
      orderOf('passé', '2022-01-31'),
      orderOf('aujourd’hui', '2022-02-01'),
      orderOf('non signé', undefined),
      orderOf('hors période', '2022-12-01'),
    ];
    const window = campaignWindow({ orders, dates: { advancePeriodEndsOn: day('2022-11-30') }, today });
    const targets = orderTargets(product, window, today);
    expect(targets.map(({ id, date }) => [id, date])).toEqual([
      ['commande/SGL/1/BC-1', '2022-06-14'],
      ['commande/SGL/1/aujourd%E2%80%99hui', '2022-06-01'],
    ]);
    expect(targets[0]).toMatchObject({ kind: 'order', title: 'Dernier jour du dossier complet pour la commande BC-1' });
    expect(plain(targets[0]?.detail ?? '')).toBe(
      'Laboratoire Fictif BC-1, 27 450 € HT : le dossier de Éprouvette (SGL, vague 1) doit être réputé complet par l’ANS le 14 juin 2022 au plus tard, sinon la commande sort de la fenêtre des 120 jours.',
    );
  });

  it('are none once the file is complete', () => {
    const window = campaignWindow({
      orders: [orderOf('BC-1', '2022-02-14')],
      dates: { deemedCompleteOn: today },
      today,
    });
    expect(orderTargets(product, window, today)).toEqual([]);
  });

  it('have ids that never meet, whatever the numbers hold', () => {
    const window = campaignWindow({
      orders: ['a/J-30', 'a', 'b\r\nUID:x', '\uD800'].map((number) => orderOf(number, '2022-03-01')),
      dates: {},
      today,
    });
    const targets = orderTargets(product, window, today);
    const ids = [...targets.map(({ id }) => id), ...remindersOf(targets).map(({ id }) => id)];
    expect(new Set(ids).size).toBe(20);
    expect(ids.join('')).toMatch(/^[\w%./-]+$/);
  });

  it('are the dates of the official calendar, with their hour', () => {
    if (balance === undefined) throw new Error('the calendar has a balance date for SGL wave 1');
    expect(milestoneTargets([balance], day('2023-12-14'))).toEqual([
      {
        id: 'calendrier/SGL/1/balance-request',
        kind: 'milestone',
        date: '2023-12-14',
        time: '14:00',
        title: 'Demande de solde (SGL, vague 1)',
        detail: `Calendrier officiel, date ${balance.rankLabel}. Source : ${balance.source}.`,
      },
    ]);
    expect(milestoneTargets([balance], day('2023-12-15'))).toEqual([]);
    const general = loadCalendar().milestones.find(({ couloir, note }) => couloir === '*' && note !== undefined);
    if (general === undefined) throw new Error('the calendar has dates for all couloirs');
    const [told] = milestoneTargets([general], general.date);
    expect(told?.title).toContain('(tous couloirs, vague 1)');
    expect(told?.detail).toContain(general.note);
    expect(told).not.toHaveProperty('time');
  });
});

describe('the reminders', () => {
  it('are four a target', () => {
    expect(remindersOf([target('x', '2022-06-14')]).map(({ id, daysBefore, on }) => [id, daysBefore, on])).toEqual([
      ['x/J-30', 30, '2022-05-15'],
      ['x/J-15', 15, '2022-05-30'],
      ['x/J-7', 7, '2022-06-07'],
      ['x/J-1', 1, '2022-06-13'],
    ]);
  });

  const due = (on: string, sent: readonly string[] = []): readonly string[] =>
    dueReminders([target('x', '2022-06-14')], day(on), new Set(sent)).map(({ key }) => key);

  it.each([
    ['2022-05-14', []],
    ['2022-05-15', ['x/J-30@2022-06-14']],
    ['2022-05-29', ['x/J-30@2022-06-14']],
    ['2022-05-30', ['x/J-15@2022-06-14']],
    ['2022-06-06', ['x/J-15@2022-06-14']],
    ['2022-06-07', ['x/J-7@2022-06-14']],
    ['2022-06-12', ['x/J-7@2022-06-14']],
    ['2022-06-13', ['x/J-1@2022-06-14']],
    ['2022-06-14', ['x/J-1@2022-06-14']],
    ['2022-06-15', []],
  ])('on %s: %j', (on, keys) => expect(due(on)).toEqual(keys));

  it('are not given twice, and again when the date moves', () => {
    expect(due('2022-06-08', ['x/J-7@2022-06-14'])).toEqual([]);
    expect(due('2022-06-08', ['x/J-7@2022-06-13'])).toEqual(['x/J-7@2022-06-14']);
    const timed = target('x', '2022-06-14', { time: '14:00' });
    expect(dueReminders([timed], day('2022-06-08'), new Set()).map(({ key }) => key)).toEqual([
      'x/J-7@2022-06-14T14:00',
    ]);
  });

  it('say what is left, the nearest first', () => {
    const targets = [
      target('loin', '2022-06-14'),
      target('près', '2022-06-02', { time: '12:00' }),
      target('là', '2022-06-01'),
    ];
    expect(dueReminders(targets, today, new Set()).map(({ text, daysLeft }) => [daysLeft, plain(text)])).toEqual([
      [0, 'Fin de là : aujourd’hui, le 1er juin 2022. À faire.'],
      [1, 'Fin de près : dans 1 jour, le 2 juin 2022 à 12:00. À faire.'],
      [13, 'Fin de loin : dans 13 jours, le 14 juin 2022. À faire.'],
    ]);
  });

  it('run every day, give each of the four once, in order, on its day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (ahead) => {
        const one = target('x', addDays(today, ahead));
        const sent = new Set<string>();
        const days: number[] = [];
        for (let now: CivilDate = today; now <= addDays(one.date, 5); now = addDays(now, 1)) {
          for (const reminder of dueReminders([one], now, sent)) {
            sent.add(reminder.key);
            days.push(daysBetween(now, one.date));
          }
        }
        // An order signed inside the thirty days gets a first reminder at once, whatever the day; J-1 holds on the day itself.
        const first = ahead < 30 ? [ahead] : [];
        expect(days).toEqual([
          ...first,
          ...[30, 15, 7, 1].filter((before) => before <= ahead && !first.includes(before)),
        ]);
      }),
    );
  });
});

describe('the calendar file', () => {
  const lines = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n');
  const file = calendarFile(
    [target('x', '2022-06-14', { title: 'Été, fin; « x »\nUID:y' }), target('y', '2023-12-14', { time: '14:00' })],
    'Échéances',
    today,
  );

  it('has each target and its reminders, once', () => {
    const uids = lines(file).filter((line) => line.startsWith('UID:'));
    expect(uids).toEqual(
      ['x', 'y']
        .flatMap((id) => [id, ...[30, 15, 7, 1].map((before) => `${id}/J-${before}`)])
        .map((id) => `UID:${id}@jalon`),
    );
  });

  it('has whole days, or an hour of Paris whose zone it defines', () => {
    const starts = lines(file).filter((line) => line.startsWith('DTSTART;'));
    expect(starts).toEqual([
      'DTSTART;VALUE=DATE:20220614',
      'DTSTART;VALUE=DATE:20220515',
      'DTSTART;VALUE=DATE:20220530',
      'DTSTART;VALUE=DATE:20220607',
      'DTSTART;VALUE=DATE:20220613',
      'DTSTART;TZID=Europe/Paris:20231214T140000',
      'DTSTART;VALUE=DATE:20231114',
      'DTSTART;VALUE=DATE:20231129',
      'DTSTART;VALUE=DATE:20231207',
      'DTSTART;VALUE=DATE:20231213',
    ]);
    expect(file).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n');
  });

  it('is well formed: UTC stamps, escaped text, short lines, CRLF', () => {
    const stamps = new Set(lines(file).filter((line) => line.startsWith('DTSTAMP')));
    expect(stamps).toEqual(new Set(['DTSTAMP:20220601T000000Z']));
    expect(file).toContain('SUMMARY:Été\\, fin\\; « x »\\nUID:y\r\n');
    expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('rings at nine on the day of the reminder', () => {
    const triggers = new Set(lines(file).filter((line) => line.startsWith('TRIGGER')));
    expect([...triggers]).toEqual(['TRIGGER;RELATED=START:PT9H']);
  });

  it('is the same on the same day, and wins over an earlier one', () => {
    const targets = [target('x', '2022-06-14')];
    const sequence = (on: CivilDate): number => Number(/SEQUENCE:(\d+)/.exec(calendarFile(targets, 'n', on))?.[1]);
    expect(calendarFile(targets, 'n', today)).toBe(calendarFile(targets, 'n', today));
    expect(sequence(addDays(today, 1))).toBe(sequence(today) + 1);
    expect(sequence(day('2019-01-01'))).toBe(0);
  });

  it('may be empty', () => expect(lines(calendarFile([], 'n', today)).at(-1)).toBe('END:VCALENDAR'));
});
