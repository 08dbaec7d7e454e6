import { addDays, daysBetween, type CivilDate } from '#dsr/dates/index.ts';

/** Slots that became complete on a day, less those that stopped being so: it may be negative. */
export interface DayProgress {
  readonly day: CivilDate;
  readonly net: number;
}

export interface ForecastInput {
  /** Slots of the file, all kinds. */
  readonly total: number;
  /** Slots that are still to be completed. */
  readonly remaining: number;
  /** In any order; days may come several times. */
  readonly history: readonly DayProgress[];
  /** First day of follow-up. What the first day brings at once is a start, not a pace: it is not counted. */
  readonly startedOn: CivilDate | undefined;
  readonly today: CivilDate;
}

/** Why no forecast is made. */
export type TooLittleData = 'not-enough-weeks' | 'not-enough-completions';

export type Forecast =
  /** Nothing remains. */
  | { readonly kind: 'done' }
  | { readonly kind: 'too-little-data'; readonly why: readonly TooLittleData[]; readonly weeks: readonly number[] }
  /** At this pace the end does not come within two years, or comes with less than one chance in ten. */
  | { readonly kind: 'no-end'; readonly weeks: readonly number[] }
  | {
      readonly kind: 'range';
      /** One chance in ten to be done before. */
      readonly from: CivilDate;
      /** Nine chances in ten to be done by then; null when that is more than two years away. */
      readonly to: CivilDate | null;
      /** Slots completed in each week that was kept, oldest first. */
      readonly weeks: readonly number[];
    };

/** Weeks looked back at most: an older pace says little of the next one. */
export const WEEKS_KEPT = 12;
export const FEWEST_WEEKS = 3;
export const FEWEST_COMPLETIONS = 5;
const WEEKS_AHEAD = 104;
const EARLY = 0.1;
const LATE = 0.9;
/** Sums of many floats: what is a tenth may be a hair under it. */
const HAIR = 1e-9;

/**
 * When the file is likely to be complete, from its real pace: each week to come is taken to be like one of the weeks past,
 * all as likely. The chances are summed exactly, nothing is drawn: the same history gives the same range.
 *
 * @throws {RangeError} when the counts are no whole numbers, or more remains than there is
 */
export function forecast({ total, remaining, history, startedOn, today }: ForecastInput): Forecast {
  if (![total, remaining].every((count) => Number.isSafeInteger(count) && count >= 0) || remaining > total) {
    throw new RangeError(`${remaining} preuves restantes sur ${total}`);
  }
  if (remaining === 0) return { kind: 'done' };
  const weeks = weeksOf(history, startedOn, today);
  const gained = weeks.filter((net) => net > 0).reduce((sum, net) => sum + net, 0);
  const why: TooLittleData[] = [];
  if (weeks.length < FEWEST_WEEKS) why.push('not-enough-weeks');
  if (gained < FEWEST_COMPLETIONS) why.push('not-enough-completions');
  if (why.length > 0) return { kind: 'too-little-data', why, weeks };
  const chances = chancesByWeek(weeks, remaining, total);
  const early = chances.findIndex((chance) => chance >= EARLY - HAIR);
  const late = chances.findIndex((chance) => chance >= LATE - HAIR);
  if (early < 0) return { kind: 'no-end', weeks };
  return {
    kind: 'range',
    from: addDays(today, 7 * early + 1),
    to: late < 0 ? null : addDays(today, 7 * (late + 1)),
    weeks,
  };
}

/** Progress of the whole weeks that end today, oldest first. */
function weeksOf(history: readonly DayProgress[], startedOn: CivilDate | undefined, today: CivilDate): number[] {
  const followed = startedOn === undefined ? 0 : daysBetween(startedOn, today);
  const weeks = Array.from({ length: Math.max(0, Math.min(WEEKS_KEPT, Math.floor(followed / 7))) }, () => 0);
  for (const { day, net } of history) {
    const age = daysBetween(day, today);
    const week = weeks.length - 1 - Math.floor(age / 7);
    if (age >= 0 && week >= 0) weeks[week] = (weeks[week] ?? 0) + net;
  }
  return weeks;
}

/** Chance that everything is complete at the end of each week to come; complete once is complete for good. */
function chancesByWeek(weeks: readonly number[], remaining: number, total: number): readonly number[] {
  let chances = new Float64Array(total + 1);
  chances[remaining] = 1;
  const done: number[] = [];
  for (let ahead = 0; ahead < WEEKS_AHEAD; ahead += 1) {
    const next = new Float64Array(total + 1);
    next[0] = chances[0] ?? 0;
    for (let left = 1; left <= total; left += 1) {
      const share = (chances[left] ?? 0) / weeks.length;
      if (share === 0) continue;
      for (const net of weeks) {
        const then = Math.min(total, Math.max(0, left - net));
        next[then] = (next[then] ?? 0) + share;
      }
    }
    chances = next;
    done.push(chances[0] ?? 0);
  }
  return done;
}
