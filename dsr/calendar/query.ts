import { isMissed, type CivilDate } from '../dates/index.ts';
import { waveNumber } from '../official-data/index.ts';
import { kindOf, milestoneKinds } from './kinds.ts';
import { loadCalendar } from './load.ts';
import type { Calendar, Milestone, MilestoneAnswer, MilestoneKind } from './types.ts';

export interface MilestoneOptions {
  /** The day of which the edition in force is asked; the last edition known when absent. */
  readonly on?: CivilDate;
  /** What is shipped when absent. */
  readonly calendar?: Calendar;
}

/**
 * Every edition of a date, the oldest first. At the same rank, what names the couloir is later than what is said of all.
 *
 * @param wave `1` or `va1`
 */
export function milestoneHistory(
  couloir: string,
  wave: string,
  kind: MilestoneKind,
  calendar: Calendar = loadCalendar(),
): readonly Milestone[] {
  const name = couloir.trim().toUpperCase();
  const number = waveNumber(wave);
  return calendar.milestones
    .filter((one) => one.wave === number && one.kind === kind && (one.couloir === name || one.couloir === '*'))
    .toSorted((left, right) => left.rank - right.rank || Number(right.couloir === '*') - Number(left.couloir === '*'));
}

/**
 * The date of a couloir, wave and kind, with what it replaced and the edition of the table it was read in.
 *
 * With a day, the edition in force on that day: an initial one holds until it is replaced; a revision holds from its
 * publication. When that day is not known the answer is `unsure` and names the revisions that may already have held.
 *
 * @example milestone('SGL', '1', 'balance-request').milestone // 14 December 2023, 14:00, révision 2
 */
export function milestone(
  couloir: string,
  wave: string,
  kind: MilestoneKind,
  { on, calendar = loadCalendar() }: MilestoneOptions = {},
): MilestoneAnswer {
  const editions = milestoneHistory(couloir, wave, kind, calendar);
  const asked = { couloir: couloir.trim().toUpperCase(), wave: waveNumber(wave), kind };
  const last = editions.at(-1);
  if (last === undefined) return unknown(asked, calendar);
  if (on === undefined) return answer(asked, last, editions, [], '');
  const held = editions.filter((one) => holds(one, on) !== 'no');
  const sure = held.findLast((one) => holds(one, on) === 'yes');
  const maybe = held.filter((one) => holds(one, on) === 'maybe' && one.rank > (sure?.rank ?? -1));
  if (sure !== undefined && maybe.length === 0) return answer(asked, sure, editions, [], '');
  const found = sure ?? maybe.at(-1);
  if (found === undefined) {
    return {
      ...asked,
      status: 'unknown',
      replaced: [],
      maybe: [],
      reason: `Le ${on}, aucune édition de cette date n’était encore publiée.`,
      data: last.data,
    };
  }
  const reason = `Le jour de publication de cette date n’est pas connu : le ${on}, une autre édition pouvait valoir.`;
  return answer(
    asked,
    found,
    editions,
    maybe.filter((one) => one !== found),
    reason,
  );
}

/** Whether an edition is published on a day; a later one may have replaced it. */
function holds({ rank, rankLabel, publishedOn, knownBy }: Milestone, on: CivilDate): 'yes' | 'maybe' | 'no' {
  if (publishedOn !== undefined) return publishedOn <= on ? 'yes' : 'no';
  if (knownBy !== undefined && knownBy <= on) return 'yes';
  return rank === 0 && rankLabel === 'initiale' ? 'yes' : 'maybe';
}

type Asked = Pick<MilestoneAnswer, 'couloir' | 'wave' | 'kind'>;

function answer(
  asked: Asked,
  found: Milestone,
  editions: readonly Milestone[],
  maybe: readonly Milestone[],
  reason: string,
): MilestoneAnswer {
  return {
    ...asked,
    status: reason === '' ? 'known' : 'unsure',
    milestone: found,
    replaced: editions.slice(0, editions.indexOf(found)).toReversed(),
    maybe,
    reason,
    data: found.data,
  };
}

function unknown(asked: Asked, calendar: Calendar): MilestoneAnswer {
  const told = calendar.unknown.find((one) => one.couloir === asked.couloir && one.wave === asked.wave);
  const data = told?.data ?? calendar.versions[0];
  if (data === undefined) throw new Error('calendrier sans édition');
  return {
    ...asked,
    status: 'unknown',
    replaced: [],
    maybe: [],
    reason:
      told?.note ??
      `« ${kindOf(asked.kind).title} » : aucune date connue pour le couloir ${asked.couloir}, vague ${asked.wave}.`,
    data,
  };
}

/** Every date in force of a couloir and wave, in the order of a campaign. */
export function milestonesOf(
  couloir: string,
  wave: string,
  options: MilestoneOptions = {},
): readonly MilestoneAnswer[] {
  return milestoneKinds()
    .map(({ kind }) => milestone(couloir, wave, kind, options))
    .filter((one) => one.status !== 'unknown');
}

/**
 * Dates in force that are not yet past at a moment, the nearest first; those of one couloir when it is given (what is
 * said of all of them included).
 */
export function upcomingMilestones(
  now: Date,
  { couloir, wave, calendar = loadCalendar() }: { couloir?: string; wave?: string; calendar?: Calendar } = {},
): readonly Milestone[] {
  const asked = couloir?.trim().toUpperCase();
  const waves = wave === undefined ? new Set(calendar.milestones.map((one) => one.wave)) : [waveNumber(wave)];
  const couloirs = asked === undefined ? new Set(calendar.milestones.map((one) => one.couloir)) : [asked];
  return [...couloirs]
    .flatMap((each) => [...waves].flatMap((one) => milestonesOf(each, one, { calendar })))
    .flatMap(({ milestone: found }) => (found === undefined ? [] : [found]))
    .filter((one, index, all) => all.indexOf(one) === index && !isMissed(one, now))
    .toSorted((left, right) => momentOf(left).localeCompare(momentOf(right)));
}

const momentOf = ({ date, time = '24:00' }: Milestone): string => `${date} ${time}`;
