import { parseCivilDate, type CivilDate } from '../dates/index.ts';
import {
  readDataFile,
  shippedFigures,
  shippedJson,
  type DataProblem,
  type DataReading,
  type DataVersion,
} from '../official-data/index.ts';
import type { Calendar, Milestone, MilestoneKind, UnknownDates } from './types.ts';

interface MilestoneEntry {
  readonly couloirs: readonly string[];
  readonly wave: string;
  readonly kind: MilestoneKind;
  readonly date: string;
  readonly time?: string;
  readonly rank?: number;
  readonly publishedOn?: string;
  readonly knownBy?: string;
  readonly note?: string;
  readonly source: string;
  readonly confidence?: 'seen' | 'inferred';
}

interface CalendarFile {
  readonly version: string;
  readonly source: string;
  readonly milestones: readonly MilestoneEntry[];
  readonly unknown?: readonly {
    readonly couloirs: readonly string[];
    readonly wave: string;
    readonly note: string;
    readonly source: string;
  }[];
}

/** The JSON Schema of such a file, as published in this folder. */
const calendarSchema = shippedJson(import.meta.url, 'calendar.schema.json');

/** The calendar shipped with Jalon. */
export const loadCalendar = shippedFigures(import.meta.url, 'calendar.json', (text) => readCalendarFile(text));

/**
 * Reads a calendar file (`calendar.schema.json`).
 *
 * @param text the file
 * @param file its path, named in every answer that follows from it
 * @returns the calendar that it alone makes, to be put over another by {@link withCalendar}; or everything wrong in it
 */
export function readCalendarFile(text: string, file?: string): DataReading<Calendar> {
  const reading = readDataFile<CalendarFile>(text, calendarSchema());
  if (!reading.ok) return reading;
  const { version, source, milestones, unknown = [] } = reading.value;
  const problems = [...impossibleDates(milestones), ...twice(milestones)];
  if (problems.length > 0) return { ok: false, problems };
  const data: DataVersion = { version, source, ...(file === undefined ? {} : { file }) };
  return {
    ok: true,
    value: {
      versions: [data],
      milestones: milestones.flatMap((entry) => entry.couloirs.map((couloir) => toMilestone(entry, couloir, data))),
      unknown: unknown.flatMap(({ couloirs, ...rest }) =>
        couloirs.map((couloir): UnknownDates => ({ ...rest, couloir, data })),
      ),
    },
  };
}

/**
 * A calendar over another: where the newer one dates a couloir, wave and kind, its editions come last and win, unless
 * they say their rank; one of the same rank replaces what was there. What it says of all couloirs wins over each.
 */
export function withCalendar(base: Calendar, newer: Calendar): Calendar {
  const added = newer.milestones.map((one) => {
    if (one.rankLabel !== UNRANKED) return one;
    const rank = Math.max(-1, ...base.milestones.filter((old) => sameDate(old, one)).map((old) => old.rank)) + 1;
    return { ...one, rank, rankLabel: rankLabel(rank) };
  });
  const replaced = (old: Milestone): boolean =>
    added.some((one) => one.rank === old.rank && sameDate(old, one) && (one.couloir === '*' || old.couloir !== '*'));
  const dated = (couloir: string, wave: string): boolean =>
    added.some((one) => one.wave === wave && (one.couloir === couloir || one.couloir === '*'));
  return {
    versions: [...newer.versions, ...base.versions],
    milestones: [...base.milestones.filter((old) => !replaced(old)), ...added],
    unknown: [...newer.unknown, ...base.unknown.filter(({ couloir, wave }) => !dated(couloir, wave))],
  };
}

/** Whether two milestones are about the same date, one of them perhaps for all couloirs. */
function sameDate(one: Milestone, other: Milestone): boolean {
  return (
    one.wave === other.wave &&
    one.kind === other.kind &&
    (one.couloir === other.couloir || one.couloir === '*' || other.couloir === '*')
  );
}

const UNRANKED = 'rang non précisé';

function rankLabel(rank: number | undefined): string {
  if (rank === undefined) return UNRANKED;
  return rank === 0 ? 'initiale' : `révision ${rank}`;
}

function toMilestone(entry: MilestoneEntry, couloir: string, data: DataVersion): Milestone {
  const { wave, kind, date, time, rank, publishedOn, knownBy, note, source, confidence = 'seen' } = entry;
  return {
    couloir,
    wave,
    kind,
    date: date as CivilDate,
    ...(time === undefined ? {} : { time }),
    rank: rank ?? 0,
    rankLabel: rankLabel(rank),
    ...(publishedOn === undefined ? {} : { publishedOn: publishedOn as CivilDate }),
    ...(knownBy === undefined ? {} : { knownBy: knownBy as CivilDate }),
    ...(note === undefined ? {} : { note }),
    source,
    confidence,
    data,
  };
}

/** The schema knows the shape of a date, not that 30 February is none. */
function impossibleDates(milestones: readonly MilestoneEntry[]): readonly DataProblem[] {
  return milestones.flatMap((entry, index) =>
    (['date', 'publishedOn', 'knownBy'] as const).flatMap((field) => {
      const text = entry[field];
      if (text === undefined || parseCivilDate(text) !== undefined) return [];
      return [
        {
          code: 'DATA_DATE',
          path: `/milestones/${index}/${field}`,
          message: `« ${text} » n'est pas un jour du calendrier.`,
          remedy: 'Écrivez un jour qui existe, AAAA-MM-JJ.',
        },
      ];
    }),
  );
}

function twice(milestones: readonly MilestoneEntry[]): readonly DataProblem[] {
  const seen = new Map<string, number>();
  return milestones.flatMap(({ couloirs, wave, kind, rank }, index) =>
    couloirs.flatMap((couloir) => {
      const key = `${couloir} ${wave} ${kind} ${rank ?? ''}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
        return [];
      }
      return [
        {
          code: 'DATA_TWICE',
          path: `/milestones/${index}`,
          message: `Le jalon « ${kind} » du couloir ${couloir}, vague ${wave}, est déjà donné en /milestones/${first} avec le même rang.`,
          remedy: 'Gardez-en un seul, ou donnez un rang (rank) à chacun.',
        },
      ];
    }),
  );
}
