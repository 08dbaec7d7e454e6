import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { cents } from '#dsr/money/index.ts';
import { isUnderRule, judgeWindow, WINDOW_DAYS, type WindowInput } from './index.ts';

const day = (text: string): CivilDate => {
  const date = parseCivilDate(text);
  if (date === undefined) throw new Error(`no such day: ${text}`);
  return date;
};
const known = (text: string | null): CivilDate | undefined => (text === null ? undefined : day(text));

interface Vector {
  readonly case: string;
  readonly orderSignedByClientOn: string;
  readonly completeProofFileDeemedSubmittedOn: string | null;
  readonly referencedOn: string | null;
  readonly advancePeriodEndsOn: string | null;
  readonly daysBeforeCompleteFile: number | null;
  readonly lastDayForCompleteFile: string | null;
  readonly status: string;
  readonly reasons: readonly string[];
}

const PUBLISHED = fileURLToPath(new URL('../../../shared/facts/data/window-120-days-vectors.json', import.meta.url));
const published: readonly Vector[] = existsSync(PUBLISHED)
  ? (JSON.parse(readFileSync(PUBLISHED, 'utf8')) as { cases: readonly Vector[] }).cases
  : [];

describe('the published vectors', () => {
  it('are all played, or absent as a whole', ({ skip }) => {
    skip(!existsSync(PUBLISHED), 'facts/data/window-120-days-vectors.json is not beside this checkout');
    expect(published.length).toBeGreaterThanOrEqual(11);
  });

  for (const vector of published) {
    it(vector.case, () => {
      const judged = judgeWindow({
        signedOn: known(vector.orderSignedByClientOn),
        deemedCompleteOn: known(vector.completeProofFileDeemedSubmittedOn),
        referencedOn: known(vector.referencedOn),
        advancePeriodEndsOn: known(vector.advancePeriodEndsOn),
      });
      expect(judged).toMatchObject({
        status: vector.status,
        daysBeforeCompleteFile: vector.daysBeforeCompleteFile,
        lastDayForCompleteFile: vector.lastDayForCompleteFile,
        reasons: vector.reasons,
      });
    });
  }
});

type Row = readonly [
  name: string,
  dates: { signed: string; complete?: string; referenced?: string; end?: string },
  expected: readonly [status: string, days: number | null, lastDay: string | null, ...reasons: string[]],
];

/** The same facts in rows of our own, and the corners that they leave open. */
const ROWS: readonly Row[] = [
  [
    'day 120',
    { signed: '2022-02-01', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', 120, '2022-06-01'],
  ],
  [
    'day 121',
    { signed: '2022-01-31', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['not-eligible', 121, '2022-05-31', 'signed-more-than-120-days-before-complete-file'],
  ],
  [
    'day 119',
    { signed: '2022-02-02', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', 119, '2022-06-02'],
  ],
  [
    'the day of the file',
    { signed: '2022-06-01', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', 0, '2022-09-29'],
  ],
  [
    'after the file, before the referencing',
    { signed: '2022-06-20', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', -19, '2022-10-18'],
  ],
  [
    'the eve of the referencing',
    { signed: '2022-06-30', complete: '2022-06-01', referenced: '2022-07-01' },
    ['eligible', -29, '2022-10-28'],
  ],
  [
    'the day of the referencing',
    { signed: '2022-07-01', complete: '2022-06-01', referenced: '2022-07-01' },
    ['eligible', -30, null],
  ],
  [
    'the day of the referencing, whatever the file',
    { signed: '2022-07-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', null, null],
  ],
  [
    'after the referencing',
    { signed: '2022-09-01', complete: '2022-03-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', -184, null],
  ],
  [
    'after the referencing, a file 121 days later counts no more',
    { signed: '2022-07-02', complete: '2022-10-31', referenced: '2022-07-01' },
    ['eligible', 121, null],
  ],
  [
    'last day of the advance',
    { signed: '2022-11-30', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['eligible', -182, null],
  ],
  [
    'after the advance',
    { signed: '2022-12-01', complete: '2022-06-01', referenced: '2022-07-01', end: '2022-11-30' },
    ['not-eligible', -183, null, 'signed-after-advance-period'],
  ],
  [
    'after the advance, no file yet',
    { signed: '2022-12-01', end: '2022-11-30' },
    ['not-eligible', null, '2023-03-31', 'signed-after-advance-period'],
  ],
  [
    'both rules at once',
    { signed: '2022-12-01', complete: '2023-04-01', referenced: '2023-05-01', end: '2022-11-30' },
    [
      'not-eligible',
      121,
      '2023-03-31',
      'signed-after-advance-period',
      'signed-more-than-120-days-before-complete-file',
    ],
  ],
  [
    '29 February inside',
    { signed: '2023-11-02', complete: '2024-03-01', referenced: '2024-04-01' },
    ['eligible', 120, '2024-03-01'],
  ],
  [
    '29 February inside, one more',
    { signed: '2023-11-01', complete: '2024-03-01', referenced: '2024-04-01' },
    ['not-eligible', 121, '2024-02-29', 'signed-more-than-120-days-before-complete-file'],
  ],
  ['signed on 29 February', { signed: '2024-02-29', complete: '2024-06-28' }, ['eligible', 120, '2024-06-28']],
  ['no 29 February in 2100', { signed: '2100-02-28', complete: '2100-06-28' }, ['eligible', 120, '2100-06-28']],
  [
    'to summer time',
    { signed: '2022-03-01', complete: '2022-06-29', referenced: '2022-07-20' },
    ['eligible', 120, '2022-06-29'],
  ],
  [
    'to winter time',
    { signed: '2022-08-01', complete: '2022-11-29', referenced: '2022-12-20' },
    ['eligible', 120, '2022-11-29'],
  ],
  [
    'to winter time, one more',
    { signed: '2022-07-31', complete: '2022-11-29', referenced: '2022-12-20' },
    ['not-eligible', 121, '2022-11-28', 'signed-more-than-120-days-before-complete-file'],
  ],
  ['over new year', { signed: '2022-12-31', complete: '2023-04-30' }, ['eligible', 120, '2023-04-30']],
  ['no file yet', { signed: '2022-03-01', end: '2022-11-30' }, ['pending', null, '2022-06-29']],
  [
    'referenced, but nobody kept the day of the file',
    { signed: '2022-03-01', referenced: '2022-06-20' },
    ['pending', null, '2022-06-29'],
  ],
  ['a file, no referencing yet', { signed: '2022-03-01', complete: '2022-06-29' }, ['eligible', 120, '2022-06-29']],
  [
    'a file too late, no referencing yet',
    { signed: '2022-03-01', complete: '2022-06-30' },
    ['not-eligible', 121, '2022-06-29', 'signed-more-than-120-days-before-complete-file'],
  ],
];

describe('judgeWindow', () => {
  it.each(ROWS)('%s', (_, { signed, complete, referenced, end }, [status, days, lastDay, ...reasons]) => {
    const judged = judgeWindow({
      signedOn: day(signed),
      deemedCompleteOn: known(complete ?? null),
      referencedOn: known(referenced ?? null),
      advancePeriodEndsOn: known(end ?? null),
    });
    expect([judged.status, judged.daysBeforeCompleteFile, judged.lastDayForCompleteFile, ...judged.reasons]).toEqual([
      status,
      days,
      lastDay,
      ...reasons,
    ]);
  });

  it('says what a pending order waits for', () => {
    const waiting = (input: WindowInput): readonly string[] => judgeWindow(input).waiting;
    const signedOn = day('2022-03-01');
    expect(waiting({})).toEqual(['not-signed', 'file-not-sent']);
    expect(waiting({ sentOn: day('2022-03-10') })).toEqual(['not-signed', 'file-not-deemed-complete']);
    expect(waiting({ deemedCompleteOn: day('2022-03-10') })).toEqual(['not-signed']);
    expect(waiting({ referencedOn: day('2022-03-10') })).toEqual(['not-signed']);
    expect(waiting({ signedOn })).toEqual(['file-not-sent']);
    expect(waiting({ signedOn, sentOn: day('2022-03-10') })).toEqual(['file-not-deemed-complete']);
    expect(waiting({ signedOn, referencedOn: day('2022-06-10') })).toEqual(['file-not-deemed-complete']);
    expect(waiting({ signedOn, deemedCompleteOn: day('2022-06-10') })).toEqual([]);
    expect(waiting({ signedOn, advancePeriodEndsOn: day('2022-02-28') })).toEqual([]);
  });

  it('judges nothing before the signature', () => {
    expect(judgeWindow({ today: day('2022-05-01'), deemedCompleteOn: day('2022-06-01') })).toMatchObject({
      status: 'pending',
      daysBeforeCompleteFile: null,
      lastDayForCompleteFile: null,
      daysLeft: null,
      daysBeforeSentFile: null,
    });
  });

  it('counts the days left while the file is awaited, and not after', () => {
    const left = (today: string, more: WindowInput = {}): number | null =>
      judgeWindow({ signedOn: day('2022-03-01'), today: day(today), ...more }).daysLeft;
    expect([left('2022-06-28'), left('2022-06-29'), left('2022-06-30')]).toEqual([1, 0, -1]);
    expect(left('2022-06-28', { deemedCompleteOn: day('2022-06-01') })).toBeNull();
    expect(left('2022-06-28', { referencedOn: day('2022-03-01') })).toBeNull();
    expect(judgeWindow({ signedOn: day('2022-03-01') }).daysLeft).toBeNull();
  });

  it('counts to the sending only while nothing better is known', () => {
    const signedOn = day('2022-03-01');
    const sentOn = day('2022-06-29');
    expect(judgeWindow({ signedOn, sentOn }).daysBeforeSentFile).toBe(120);
    expect(judgeWindow({ signedOn, sentOn, deemedCompleteOn: sentOn }).daysBeforeSentFile).toBeNull();
    expect(judgeWindow({ signedOn, sentOn, referencedOn: signedOn }).daysBeforeSentFile).toBeNull();
    expect(judgeWindow({ signedOn }).daysBeforeSentFile).toBeNull();
  });

  it('refuses a signature whose window leaves the calendar', () => {
    expect(() => judgeWindow({ signedOn: day('9999-12-01') })).toThrow(RangeError);
  });

  it('tells which orders the 120 days bind', () => {
    const referencing = day('2022-07-01');
    expect(isUnderRule(day('2022-06-30'), referencing)).toBe(true);
    expect(isUnderRule(referencing, referencing)).toBe(false);
    expect(isUnderRule(day('2022-07-02'), referencing)).toBe(false);
    expect(isUnderRule(referencing, undefined)).toBe(true);
  });
});

describe('the warnings', () => {
  const signedOn = day('2022-03-01');
  const advancePeriodEndsOn = day('2022-11-30');
  const all = {
    signedOn,
    sentOn: day('2022-05-01'),
    deemedCompleteOn: day('2022-06-01'),
    referencedOn: day('2022-07-01'),
    advancePeriodEndsOn,
  };
  const { referencedOn: _, ...unreferenced } = all;
  const sentOnly = { signedOn, sentOn: day('2022-05-01'), advancePeriodEndsOn };
  const rows: readonly (readonly [name: string, input: WindowInput, ...codes: string[]])[] = [
    ['none when all is known and in order', { ...all, today: day('2022-08-01') }],
    [
      'none on the very days',
      {
        signedOn,
        sentOn: signedOn,
        deemedCompleteOn: signedOn,
        referencedOn: day('2022-03-02'),
        advancePeriodEndsOn: day('2022-03-02'),
        today: day('2022-03-02'),
      },
    ],
    ['no deemed date', { ...sentOnly, today: day('2022-05-01') }, 'only-sent-known'],
    ['not signed and sent', { sentOn: day('2022-05-01'), advancePeriodEndsOn }, 'only-sent-known'],
    ['sent on the last day', { ...sentOnly, sentOn: day('2022-06-29') }, 'only-sent-known'],
    ['sent after the last day', { ...sentOnly, sentOn: day('2022-06-30') }, 'only-sent-known', 'sent-after-last-day'],
    ['the last day itself', { signedOn, advancePeriodEndsOn, today: day('2022-06-29') }],
    ['the day after the last', { signedOn, advancePeriodEndsOn, today: day('2022-06-30') }, 'last-day-passed'],
    ['sent in time, the last day passed since', { ...sentOnly, today: day('2022-06-30') }, 'only-sent-known'],
    [
      'referenced without the date of the file',
      { signedOn, referencedOn: day('2022-06-20'), advancePeriodEndsOn, today: day('2022-07-30') },
      'referenced-without-complete-date',
    ],
    [
      'referenced without the date of the file, but sent',
      { signedOn, sentOn: day('2022-05-20'), referencedOn: day('2022-06-20'), advancePeriodEndsOn },
      'referenced-without-complete-date',
    ],
    ['signed the day of the referencing', { ...all, signedOn: day('2022-07-01') }, 'signed-on-referencing-day'],
    ['in time, no referencing', unreferenced, 'referencing-to-follow'],
    ['out of time, no referencing', { ...unreferenced, signedOn: day('2022-01-31') }],
    ['no end of the advance', { ...all, advancePeriodEndsOn: undefined }, 'advance-end-unknown'],
    ['not signed when the advance closes', { advancePeriodEndsOn, today: advancePeriodEndsOn }],
    ['not signed after the advance', { advancePeriodEndsOn, today: day('2022-12-01') }, 'advance-period-over'],
    ['signed, after the advance', { ...all, today: day('2022-12-01') }],
    ['complete before sent', { ...all, sentOn: day('2022-06-02') }, 'complete-before-sent'],
    ['complete after the referencing', { ...all, deemedCompleteOn: day('2022-07-02') }, 'complete-after-referencing'],
    ['complete on the day of the referencing', { ...all, deemedCompleteOn: day('2022-07-01') }],
    [
      'everything after the referencing',
      { ...all, sentOn: day('2022-07-02'), deemedCompleteOn: day('2022-07-02') },
      'complete-after-referencing',
      'sent-after-referencing',
    ],
    [
      'an advance that ends before it can begin',
      { ...all, advancePeriodEndsOn: day('2022-06-30') },
      'advance-ends-before-referencing',
    ],
    [
      'everything to come',
      { ...all, today: day('2022-02-28') },
      'signed-in-the-future',
      'sent-in-the-future',
      'complete-in-the-future',
      'referenced-in-the-future',
    ],
    ['nothing to come but the referencing', { ...all, today: day('2022-06-01') }, 'referenced-in-the-future'],
  ];
  for (const [name, input, ...codes] of rows) {
    it(name, () => expect(judgeWindow(input).warnings).toEqual(codes));
  }
});

const EPOCH = day('2021-08-11');
const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => addDays(EPOCH, days));
const maybe = fc.option(anyDay, { nil: undefined });
const anyInput = fc.record({
  signedOn: maybe,
  sentOn: maybe,
  deemedCompleteOn: maybe,
  referencedOn: maybe,
  advancePeriodEndsOn: maybe,
  today: maybe,
});
const later = (date: CivilDate | undefined, days: number): CivilDate | undefined =>
  date === undefined ? undefined : addDays(date, days);

describe('for any dates', () => {
  const RANK = { eligible: 0, pending: 1, 'not-eligible': 2 } as const;
  const shift = fc.nat({ max: 400 });

  it('status, reasons and waits agree', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const judged = judgeWindow(input);
        expect(judged.reasons.length > 0).toBe(judged.status === 'not-eligible');
        expect(judged.waiting.length > 0).toBe(judged.status === 'pending');
        expect(new Set(judged.warnings).size).toBe(judged.warnings.length);
      }),
    );
  });

  it('a later complete file never helps', () => {
    fc.assert(
      fc.property(anyInput, anyDay, shift, (input, complete, days) => {
        const before = judgeWindow({ ...input, deemedCompleteOn: complete });
        const after = judgeWindow({ ...input, deemedCompleteOn: addDays(complete, days) });
        expect(RANK[after.status]).toBeGreaterThanOrEqual(RANK[before.status]);
      }),
    );
  });

  it('a longer period of advance never harms, an earlier referencing neither', () => {
    fc.assert(
      fc.property(anyInput, shift, (input, days) => {
        const { status } = judgeWindow(input);
        const longer = judgeWindow({ ...input, advancePeriodEndsOn: later(input.advancePeriodEndsOn, days) });
        const earlier = judgeWindow({ ...input, referencedOn: later(input.referencedOn, -days) });
        expect(RANK[longer.status]).toBeLessThanOrEqual(RANK[status]);
        expect(RANK[earlier.status]).toBeLessThanOrEqual(RANK[status]);
      }),
    );
  });

  it('a later signature never harms, save when the period of advance ends', () => {
    fc.assert(
      fc.property(anyInput, anyDay, shift, (input, signed, days) => {
        const judge = (signedOn: CivilDate) => judgeWindow({ ...input, advancePeriodEndsOn: undefined, signedOn });
        expect(RANK[judge(addDays(signed, days)).status]).toBeLessThanOrEqual(RANK[judge(signed).status]);
      }),
    );
  });

  it('moving every date by as many days changes nothing but the dates', () => {
    fc.assert(
      fc.property(anyInput, shift, (input, days) => {
        const moved: WindowInput = Object.fromEntries(
          Object.entries(input).map(([key, date]) => [key, later(date, days)]),
        );
        const before = judgeWindow(input);
        const { lastDayForCompleteFile } = before;
        expect(judgeWindow(moved)).toEqual({
          ...before,
          lastDayForCompleteFile: lastDayForCompleteFile && addDays(lastDayForCompleteFile, days),
        });
      }),
    );
  });

  it('the last day still counts, the next does not', () => {
    fc.assert(
      fc.property(anyDay, (signedOn) => {
        const { lastDayForCompleteFile } = judgeWindow({ signedOn });
        const on = addDays(signedOn, WINDOW_DAYS);
        expect(lastDayForCompleteFile).toBe(on);
        expect(judgeWindow({ signedOn, deemedCompleteOn: on }).status).toBe('eligible');
        expect(judgeWindow({ signedOn, deemedCompleteOn: addDays(on, 1) }).status).toBe('not-eligible');
      }),
    );
  });

  it('neither the clock nor the sending changes the status', () => {
    fc.assert(
      fc.property(anyInput, maybe, maybe, (input, today, sentOn) => {
        const { status, reasons } = judgeWindow({ ...input, today, sentOn });
        expect({ status, reasons }).toEqual({ status: judgeWindow(input).status, reasons: judgeWindow(input).reasons });
      }),
    );
  });
});

it('an order of 0 € is out, beside what its dates say', () => {
  const dates = { signedOn: parseCivilDate('2022-01-01')!, deemedCompleteOn: parseCivilDate('2022-09-01')! };
  expect(judgeWindow({ ...dates, ht: cents(0) }).reasons).toEqual([
    'signed-more-than-120-days-before-complete-file',
    'amount-zero',
  ]);
  expect(judgeWindow({ ...dates, ht: cents(1) }).reasons).toEqual(['signed-more-than-120-days-before-complete-file']);
  expect(judgeWindow({ ht: cents(0) })).toMatchObject({ status: 'not-eligible', waiting: [] });
});
