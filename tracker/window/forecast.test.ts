import { SLOT_STATES } from '../domain/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isBefore } from '#dsr/dates/index.ts';
import { FORECAST_METHOD, forecast, forecastSentence, isComplete, slotHistory, type PastRun } from './index.ts';
import type { DayProgress, ForecastInput } from './index.ts';
import { day, plain } from './orders.fixture.ts';

const today = day('2022-06-01');
/** `nets[0]` is the oldest week; each is put on the first day of its week. */
const weekly = (...nets: readonly number[]): readonly DayProgress[] =>
  nets.map((net, index) => ({ day: addDays(today, -7 * (nets.length - index) + 1), net }));
const seen = (nets: readonly number[], remaining: number, more: Partial<ForecastInput> = {}) =>
  forecast({
    total: 100,
    remaining,
    history: weekly(...nets),
    startedOn: addDays(today, -7 * nets.length),
    today,
    ...more,
  });

describe('the forecast', () => {
  it('is exact for a steady pace', () => {
    expect(seen([5, 5, 5], 20)).toEqual({ kind: 'range', from: '2022-06-23', to: '2022-06-29', weeks: [5, 5, 5] });
    expect(seen([5, 5, 5], 21)).toMatchObject({ from: '2022-06-30', to: '2022-07-06' });
    expect(seen([5, 5, 5], 5)).toMatchObject({ from: '2022-06-02', to: '2022-06-08' });
  });

  it('is wider for an uneven pace', () => {
    // One week in three brings all six: 1/3 after one week, 1 - (2/3)^6 = 0.912 after six, 0.868 after five.
    expect(seen([0, 6, 0], 6)).toEqual({ kind: 'range', from: '2022-06-02', to: '2022-07-13', weeks: [0, 6, 0] });
    // One in ten is enough for the first bound: ten weeks, one of which brings all.
    expect(seen([0, 0, 0, 0, 6, 0, 0, 0, 0, 0], 6)).toMatchObject({ from: '2022-06-02' });
    // Nine in ten for the second.
    expect(seen([6, 6, 6, 6, 0, 6, 6, 6, 6, 6], 6)).toMatchObject({ to: '2022-06-08' });
    // One in eleven is not.
    expect(seen([0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0], 6)).toMatchObject({ from: '2022-06-09' });
  });

  it('counts what was lost again, within the whole file', () => {
    expect(seen([6, -6, 6], 6, { total: 6 })).toMatchObject({ kind: 'range', from: '2022-06-02', weeks: [6, -6, 6] });
    const lossy = seen([6, -60, 6], 6, { total: 12 });
    const bounded = seen([6, -12, 6], 6, { total: 12 });
    expect({ ...lossy, weeks: [] }).toEqual({ ...bounded, weeks: [] });
  });

  it('is none when nothing remains, even without data', () => {
    expect(seen([], 0)).toEqual({ kind: 'done' });
  });

  it('is refused when there is too little to look back on', () => {
    expect(seen([9, 9], 10)).toEqual({ kind: 'too-little-data', why: ['not-enough-weeks'], weeks: [9, 9] });
    expect(seen([2, 0, 2], 10)).toEqual({ kind: 'too-little-data', why: ['not-enough-completions'], weeks: [2, 0, 2] });
    expect(seen([2, 0, 3], 10).kind).toBe('range');
    expect(seen([4, -4, 0], 10)).toMatchObject({ why: ['not-enough-completions'] });
    expect(seen([1], 10)).toMatchObject({ why: ['not-enough-weeks', 'not-enough-completions'] });
    expect(seen([5, 5, 5], 10, { startedOn: undefined })).toMatchObject({ weeks: [] });
    expect(seen([5, 5, 5], 10, { startedOn: addDays(today, 3) })).toMatchObject({ weeks: [] });
    expect(seen([5, 5, 5], 10, { startedOn: addDays(today, -20) })).toMatchObject({ why: ['not-enough-weeks'] });
    expect(seen([5, 5, 5], 10, { startedOn: addDays(today, -21) }).kind).toBe('range');
  });

  it('does not take the first day for a pace, nor days to come', () => {
    const startedOn = addDays(today, -21);
    const history = [
      { day: startedOn, net: 80 },
      { day: addDays(startedOn, 1), net: 1 },
      { day: addDays(today, -14), net: 2 },
      { day: addDays(today, -13), net: 3 },
      { day: addDays(today, -7), net: 4 },
      { day: addDays(today, -6), net: 5 },
      { day: today, net: 6 },
      { day: addDays(today, 1), net: 50 },
    ];
    expect(seen([], 10, { history, startedOn })).toMatchObject({ weeks: [3, 7, 11] });
  });

  it('looks back twelve weeks, not more', () => {
    const nets = [90, ...Array.from({ length: 12 }, () => 1)];
    expect(seen(nets, 3)).toMatchObject({ weeks: nets.slice(1), from: '2022-06-16', to: '2022-06-22' });
  });

  it('says when the end is not in sight', () => {
    expect(seen([5, -5, 0], 90)).toEqual({ kind: 'no-end', weeks: [5, -5, 0] });
    // Exactly 104 weeks of a steady pace are within two years, 105 are not.
    expect(seen([5, 5, 5], 520, { total: 520 })).toMatchObject({ kind: 'range', to: '2024-05-29' });
    expect(seen([5, 5, 5], 521, { total: 521 }).kind).toBe('no-end');
    // Three weeks in four stand still: half of the futures are done by then, not nine in ten.
    expect(seen([20, 0, 0, 0], 520, { total: 520 })).toMatchObject({ kind: 'range', to: null });
  });

  it.each([
    [10, 11],
    [10, -1],
    [10, 1.5],
    [1.5, 1],
    [Number.NaN, 1],
  ])('refuses counts that are none: %s, %s', (total, remaining) => {
    expect(() => seen([5, 5, 5], remaining, { total })).toThrow(`${remaining} preuves restantes sur ${total}`);
    expect(() => seen([5, 5, 5], 10, { total: 10 })).not.toThrow();
  });

  it('comes no sooner when more remains, and stays in order', () => {
    const nets = fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 3, maxLength: 14 });
    fc.assert(
      fc.property(nets, fc.integer({ min: 1, max: 60 }), fc.nat({ max: 40 }), (weeks, remaining, more) => {
        const less = seen(weeks, remaining);
        const longer = seen(weeks, remaining + more);
        if (less.kind !== 'range' || longer.kind !== 'range') return;
        expect(isBefore(longer.from, less.from)).toBe(false);
        expect(isBefore(today, less.from)).toBe(true);
        if (less.to !== null) expect(isBefore(less.to, less.from)).toBe(false);
        if (less.to !== null && longer.to !== null) expect(isBefore(longer.to, less.to)).toBe(false);
        expect(less.to === null && longer.to !== null).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the forecast in words', () => {
  const said = (...given: Parameters<typeof seen>): string => plain(forecastSentence(seen(...given), today));

  it('says the range and the pace it rests on', () => {
    expect(said([5, 5, 5], 20)).toBe(
      'Au rythme constaté (5 preuves par semaine sur 3 semaines), le dossier est complet entre le 23 juin et le 29 juin.',
    );
    expect(said([0, 6, 0], 6)).toBe(
      'Au rythme constaté (0 à 6 preuves par semaine sur 3 semaines), le dossier est complet entre le 2 juin et le 13 juillet.',
    );
    expect(said([20, 0, 0, 0], 520, { total: 520 })).toMatch(
      /^Au rythme constaté \(0 à 20 preuves par semaine sur 4 semaines\), le dossier est complet au plus tôt vers le \d.+, sans date au plus tard avant deux ans\.$/,
    );
    expect(plain(forecastSentence(seen([5, 5, 5], 20)))).toContain('entre le 23 juin 2022 et le 29 juin 2022.');
  });

  it('says why there is none', () => {
    expect(said([], 0)).toBe('Toutes les preuves sont complètes : le dossier peut partir.');
    expect(said([1], 10)).toBe(
      'Trop peu de recul pour une prévision : moins de 3 semaines entières de suivi, moins de 5 preuves complétées depuis le premier jour de suivi.',
    );
    expect(said([5, -5, 0], 90)).toBe(
      'Au rythme constaté (-5 à 5 preuves par semaine sur 3 semaines), le dossier n’est pas complet d’ici deux ans.',
    );
  });

  it('explains its method', () => {
    expect(FORECAST_METHOD).toBe(
      'Prévision : chaque semaine à venir ressemble à l’une des semaines écoulées (12 au plus, toutes aussi probables), comptées en preuves complétées moins celles qui ont cessé de l’être ; le premier jour de suivi, qui remplit beaucoup d’un coup, n’est pas compté. La fourchette laisse une chance sur dix d’un côté comme de l’autre. Le temps que prend l’ANS pour réputer le dossier complet n’y est pas compris.',
    );
  });
});

describe('the pace of the slots', () => {
  type Scenario = PastRun['scenarios'][number];
  const piece = (slot: string): Scenario['pieces'][number] => ({ slot }) as Scenario['pieces'][number];
  const filling = (verdict: Scenario['verdict'], ...slots: readonly string[]): Scenario => ({
    slots,
    verdict,
    pieces: slots.map(piece),
  });
  const run = (at: string, scenarios: PastRun['scenarios'], more: Partial<PastRun> = {}): PastRun => ({
    startedAt: at,
    faults: [],
    scenarios,
    ...more,
  });
  const classes = new Map([
    ['A', 'bench'],
    ['B', 'bench'],
    ['C', 'human'],
  ] as const);

  it('counts a slot the day it becomes complete, once', () => {
    const { startedOn, days } = slotHistory(
      [
        run('2022-05-03T10:00:00Z', [filling('conforme', 'A', 'B')]),
        run('2022-05-02T10:00:00Z', [filling('conforme', 'A'), filling('non-conforme', 'B')]),
      ],
      classes,
    );
    expect(startedOn).toBe('2022-05-02');
    expect(days).toEqual([
      { day: '2022-05-02', net: 1 },
      { day: '2022-05-03', net: 1 },
    ]);
  });

  it('counts back a slot that is no longer shown', () => {
    const { days } = slotHistory(
      [
        run('2022-05-02T10:00:00Z', [filling('conforme', 'A')]),
        run('2022-05-03T10:00:00Z', [filling('conforme', 'A'), filling('non-conforme', 'A')]),
        run('2022-05-04T10:00:00Z', [filling('conforme', 'A')]),
      ],
      classes,
    );
    expect(days.map(({ net }) => net)).toEqual([1, -1, 1]);
  });

  it('counts neither rehearsals, nor unknown slots, nor faulty or interrupted plays, nor other slots’ pieces', () => {
    const nets = (...runs: readonly PastRun[]): readonly number[] =>
      slotHistory(runs, classes).days.map(({ net }) => net);
    const at = '2022-05-02T10:00:00Z';
    expect(nets(run(at, [filling('conforme', 'C', 'Z')]))).toEqual([0]);
    expect(nets(run(at, [filling('conforme', 'A')], { faults: ['une-faute'] }))).toEqual([]);
    expect(nets(run(at, [{ ...filling('conforme', 'A'), cause: 'interrompu' }]))).toEqual([0]);
    expect(nets(run(at, [{ ...filling('conforme', 'A'), pieces: [piece('B')] }]))).toEqual([0]);
    expect(nets(run(at, [filling('a-verifier', 'A')]))).toEqual([0]);
  });

  it('takes the day in Paris at the end of the run', () => {
    const started = run('2022-05-02T21:00:00Z', [filling('conforme', 'A')]);
    expect(slotHistory([started], classes).startedOn).toBe('2022-05-02');
    expect(slotHistory([{ ...started, endedAt: '2022-05-02T22:30:00Z' }], classes).startedOn).toBe('2022-05-03');
    expect(slotHistory([], classes)).toEqual({ startedOn: undefined, days: [] });
  });

  it('is complete when nothing more is needed before the file leaves', () => {
    expect(SLOT_STATES.filter((state) => isComplete(state))).toEqual([
      'recueillie',
      'validee-interne',
      'deposee',
      'acceptee',
    ]);
  });
});
