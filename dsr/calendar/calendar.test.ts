import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { addDays, parseCivilDate, type CivilDate } from '../dates/index.ts';
import {
  kindOf,
  loadCalendar,
  milestone,
  milestoneHistory,
  milestoneKinds,
  milestonesOf,
  readCalendarFile,
  upcomingMilestones,
  withCalendar,
  type Calendar,
  type Milestone,
  type MilestoneKind,
} from './index.ts';

const day = (text: string): CivilDate => parseCivilDate(text)!;
const file = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
const momentOf = (one: Milestone | undefined): string => `${one?.date} ${one?.time ?? ''} ${one?.rankLabel}`;

/** A user's file of which only the milestones matter. */
function calendarOf(milestones: readonly object[], unknown: readonly object[] = []): Calendar {
  const reading = readCalendarFile(
    JSON.stringify({ format: 'jalon-calendrier/1', version: 'utilisateur', source: 'arrêté', milestones, unknown }),
    'mon-calendrier.json',
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.value;
}
const advance = (more: object): object => ({
  couloirs: ['SGL'],
  wave: '1',
  kind: 'advance-request',
  date: '2030-01-31',
  source: 'arrêté',
  ...more,
});

describe('the shipped calendar', () => {
  it.each<[string, string, MilestoneKind, string]>([
    ['SGL', '1', 'order-signed', '2022-07-15  initiale'],
    ['LOINC', 'va1', 'proof-file', '2022-06-15  révision 1'],
    ['SGL', '1', 'advance-request', '2022-11-30  révision 1'],
    ['SGL', '1', 'balance-request', '2023-12-14 14:00 révision 2'],
    ['sgl', 'Vague 1', 'service-done', '2023-09-20  révision 2'],
    ['LOINC', '1', 'service-done', '2023-10-31  révision 2'],
    ['SGL', '1', 'firm-date-announced', '2023-04-28  révision 2'],
    ['PFI', '2', 'advance-request', '2025-09-17 12:00 rang non précisé'],
    ['DPI', '2', 'advance-request', '2025-12-17 12:00 rang non précisé'],
    ['DPI', '2', 'advance-opens', '2024-09-12 14:00 rang non précisé'],
    ['LGO', '1', 'order-signed', '2023-03-15 14:00 révision 1'],
    ['MSS-OP', '1', 'advance-request', '2023-07-26  rang non précisé'],
    ['PDS-PDE', '1', 'proof-file', '2023-06-28 14:00 rang non précisé'],
    ['DRIMBOX', '2', 'balance-request', '2027-12-15  rang non précisé'],
    ['RIS', '2', 'advance-opens', '2025-07-10  rang non précisé'],
    // Said of all couloirs.
    ['RIS', '1', 'dmp-v1-off', '2023-09-20  rang non précisé'],
  ])('%s %s %s is %s', (couloir, wave, kind, expected) => {
    const answer = milestone(couloir, wave, kind);
    expect(answer.status).toBe('known');
    expect(momentOf(answer.milestone)).toBe(expected);
    expect(answer.data).toEqual({ version: 'jalon-2026.11', source: loadCalendar().versions[0]?.source });
  });

  it('gives every date a source, and a title to every kind', () => {
    for (const one of loadCalendar().milestones) {
      expect(one.source).not.toBe('');
      expect(kindOf(one.kind).title).not.toBe('');
    }
    expect(new Set(milestoneKinds().map(({ kind }) => kind)).size).toBe(milestoneKinds().length);
    const { $defs } = JSON.parse(file('calendar.schema.json')) as {
      $defs: { milestone: { properties: { kind: { enum: string[] } } } };
    };
    expect($defs.milestone.properties.kind.enum).toEqual(
      expect.arrayContaining(milestoneKinds().map(({ kind }) => kind)),
    );
    expect($defs.milestone.properties.kind.enum).toHaveLength(milestoneKinds().length);
  });

  it('says that nothing was found rather than a date', () => {
    expect(milestone('SGL', '2', 'advance-request')).toEqual({
      couloir: 'SGL',
      wave: '2',
      kind: 'advance-request',
      status: 'unknown',
      replaced: [],
      maybe: [],
      reason: 'Aucun arrêté, appel à financement ni date de financement trouvés pour la vague 2 du couloir SGL.',
      data: loadCalendar().versions[0],
    });
    expect(milestone('DUI', '1', 'service-done').reason).toBe(
      '« Réalisation de la prestation » : aucune date connue pour le couloir DUI, vague 1.',
    );
  });

  it('keeps what a date replaced', () => {
    const answer = milestone('SGL', '1', 'balance-request');
    expect(answer.replaced.map(momentOf)).toEqual(['2023-04-28  révision 1']);
    expect(milestoneHistory('SGL', '1', 'balance-request').map(({ rank }) => rank)).toEqual([1, 2]);
  });
});

describe('on a past day', () => {
  const on = (couloir: string, kind: MilestoneKind, date: string) => milestone(couloir, '1', kind, { on: day(date) });

  it('the initial edition holds until it is surely replaced', () => {
    const before = on('SGL', 'service-done', '2022-06-14');
    expect([before.status, momentOf(before.milestone), before.maybe.map(momentOf)]).toEqual([
      'unsure',
      '2022-10-15  initiale',
      ['2023-09-20  révision 2'],
    ]);
    expect(before.reason).toBe(
      'Le jour de publication de cette date n’est pas connu : le 2022-06-14, une autre édition pouvait valoir.',
    );
    const after = on('SGL', 'service-done', '2023-04-30');
    expect([after.status, momentOf(after.milestone), after.reason]).toEqual(['known', '2023-09-20  révision 2', '']);
    expect(on('SGL', 'service-done', '2023-04-29').status).toBe('unsure');
  });

  it('a date whose publication is known holds from that day', () => {
    expect(on('SGL', 'orders-published', '2021-08-11').status).toBe('known');
    expect(on('SGL', 'orders-published', '2021-08-10')).toMatchObject({
      status: 'unknown',
      reason: 'Le 2021-08-10, aucune édition de cette date n’était encore publiée.',
    });
  });

  it('a revision without any date of publication may have held', () => {
    const answer = on('SGL', 'advance-request', '2022-06-14');
    expect([answer.status, momentOf(answer.milestone), answer.maybe]).toEqual(['unsure', '2022-11-30  révision 1', []]);
  });

  it('never gives an edition published later, and with time only goes forward', () => {
    const published = ['2029-01-10', '2029-03-01', '2029-06-15'];
    const calendar = calendarOf(
      published.map((publishedOn, rank) => advance({ rank, publishedOn, date: `2030-0${rank + 1}-01` })),
    );
    fc.assert(
      fc.property(fc.nat({ max: 400 }), fc.nat({ max: 400 }), (days, more) => {
        const at = (count: number) =>
          milestone('SGL', '1', 'advance-request', { on: addDays(day('2028-12-01'), count), calendar }).milestone;
        const [first, later] = [at(days), at(days + more)];
        expect((first?.publishedOn ?? '') <= addDays(day('2028-12-01'), days)).toBe(true);
        expect(later?.rank ?? -1).toBeGreaterThanOrEqual(first?.rank ?? -1);
      }),
    );
  });
});

describe('what is coming', () => {
  const named = (now: string, options = {}): readonly string[] =>
    upcomingMilestones(new Date(now), options).map(({ couloir, kind, date }) => `${couloir} ${kind} ${date}`);

  it('is in order, up to the hour of Paris', () => {
    expect(named('2023-12-14T12:59:59Z', { couloir: 'SGL' })).toEqual(['SGL balance-request 2023-12-14']);
    expect(named('2023-12-14T13:00:00Z', { couloir: 'SGL' })).toEqual([]);
    expect(named('2025-12-01T00:00:00Z')).toEqual([
      'DPI advance-request 2025-12-17',
      'DRIMBOX proof-file 2026-05-13',
      'LGC rem-published 2026-06-08',
      'DRIMBOX ans-exchanges 2026-09-16',
      'DRIMBOX advance-request 2026-11-10',
      'DRIMBOX service-done 2027-09-15',
      'DRIMBOX balance-request 2027-12-15',
    ]);
    expect(named('2025-12-01T00:00:00Z', { wave: '1' })).toEqual([]);
  });

  it('takes what is said of all couloirs, once, and leaves out what was replaced', () => {
    expect(named('2023-09-01T00:00:00Z', { couloir: 'sgl', wave: 'va1' })).toEqual([
      'SGL service-done 2023-09-20',
      '* dmp-v1-off 2023-09-20',
      'SGL balance-request 2023-12-14',
    ]);
    expect(named('2023-04-01T00:00:00Z', { couloir: 'SGL' })).not.toContain('SGL balance-request 2023-04-28');
  });

  it('lists what is in force of a couloir in the order of a campaign', () => {
    expect(milestonesOf('SGL', '1').map(({ kind }) => kind)).toEqual([
      'orders-published',
      'proof-file',
      'order-signed',
      'advance-request',
      'firm-date-announced',
      'service-done',
      'balance-opens',
      'balance-request',
      'dmp-v1-off',
    ]);
    expect(milestonesOf('SGL', '2')).toEqual([]);
  });
});

describe('a newer edition by a file', () => {
  const over = (...milestones: object[]): Calendar => withCalendar(loadCalendar(), calendarOf(milestones));

  it('wins, is named, and leaves the former ones in the history', () => {
    const calendar = over(advance({ time: '14:00', publishedOn: '2029-12-01' }));
    const answer = milestone('SGL', '1', 'advance-request', { calendar });
    expect(momentOf(answer.milestone)).toBe('2030-01-31 14:00 révision 2');
    expect(answer.replaced.map(momentOf)).toEqual(['2022-11-30  révision 1']);
    expect(answer.data).toEqual({ version: 'utilisateur', source: 'arrêté', file: 'mon-calendrier.json' });
    expect(calendar.versions.map(({ version }) => version)).toEqual(['utilisateur', 'jalon-2026.11']);
    // What it does not say is still the shipped one's.
    expect(milestone('LOINC', '1', 'advance-request', { calendar }).data.version).toBe('jalon-2026.11');
    const before = milestone('SGL', '1', 'advance-request', { calendar, on: day('2029-11-30') });
    expect(momentOf(before.milestone)).toBe('2022-11-30  révision 1');
  });

  it('replaces the edition of the same rank', () => {
    const calendar = over(advance({ rank: 1 }));
    expect(milestoneHistory('SGL', '1', 'advance-request', calendar).map(momentOf)).toEqual(['2030-01-31  révision 1']);
    expect(momentOf(milestone('LOINC', '1', 'advance-request', { calendar }).milestone)).toBe('2022-11-30  révision 1');
  });

  it('of a rank that is not the last corrects the history only', () => {
    const calendar = over(advance({ rank: 0, date: '2022-09-30' }));
    const answer = milestone('SGL', '1', 'advance-request', { calendar });
    expect([answer.milestone, ...answer.replaced].map(momentOf)).toEqual([
      '2022-11-30  révision 1',
      '2022-09-30  initiale',
    ]);
  });

  it('for all couloirs wins over each', () => {
    const calendar = over(advance({ couloirs: ['*'] }));
    for (const couloir of ['SGL', 'LOINC', 'MSS-OP', 'RIS']) {
      expect(milestone(couloir, '1', 'advance-request', { calendar }).data.version).toBe('utilisateur');
    }
    const same = over(advance({ couloirs: ['*'], rank: 1 }));
    expect(milestone('SGL', '1', 'advance-request', { calendar: same }).data.version).toBe('utilisateur');
    expect(milestone('SGL', '1', 'order-signed', { calendar: same }).data.version).toBe('jalon-2026.11');
  });

  it('dates what was unknown, and may say what still is', () => {
    const calendar = over(advance({ wave: '2' }));
    expect(milestone('SGL', '2', 'advance-request', { calendar }).status).toBe('known');
    expect(milestone('SGL', '2', 'balance-request', { calendar }).reason).toContain('aucune date connue');
    const told = withCalendar(
      loadCalendar(),
      calendarOf([advance({})], [{ couloirs: ['DUI'], wave: '1', note: 'Attendu en mars.', source: 'x' }]),
    );
    expect(milestone('DUI', '1', 'service-done', { calendar: told })).toMatchObject({
      reason: 'Attendu en mars.',
      data: { version: 'utilisateur' },
    });
    expect(milestone('SGL', '2', 'advance-request', { calendar: told }).reason).toContain('Aucun arrêté');
  });

  it('is shown by an example that follows the published schema', () => {
    const reading = readCalendarFile(file('calendar.example.json'), 'exemple.json');
    expect(reading.ok && milestone('SGL', '2', 'advance-request', { calendar: reading.value }).milestone?.time).toBe(
      '14:00',
    );
  });

  it('is refused with all its faults', () => {
    const wrong = {
      format: 'jalon-calendrier/1',
      version: 'x',
      source: 'x',
      milestones: [
        { ...advance({ date: '2030-02-30', publishedOn: '2029-13-01' }) },
        { ...advance({}) },
        { ...advance({ couloirs: ['LOINC', 'SGL'] }) },
        { ...advance({ couloirs: ['SGL'], rank: 3 }) },
      ],
    };
    const reading = readCalendarFile(JSON.stringify(wrong));
    expect(reading.ok ? [] : reading.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'DATA_DATE /milestones/0/date',
      'DATA_DATE /milestones/0/publishedOn',
      'DATA_TWICE /milestones/1',
      'DATA_TWICE /milestones/2',
    ]);
    const shape = readCalendarFile(JSON.stringify({ ...wrong, milestones: [advance({ time: '24:00', wave: 1 })] }));
    expect(shape.ok ? [] : shape.problems.map(({ path }) => path)).toEqual([
      '/milestones/0/wave',
      '/milestones/0/time',
    ]);
  });
});
