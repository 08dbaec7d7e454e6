import type { Calendar } from '#dsr/calendar/index.ts';
import { versionText, type DataVersion } from '#dsr/official-data/index.ts';
import type { Scales } from '#dsr/scales/index.ts';
import { wrap } from './table.ts';

/** The official tables that a command used. */
export interface Editions {
  readonly calendar?: Calendar;
  readonly scales?: Scales;
}

/** Each edition in use, the most recent first: what a newer one does not say is read in those before it. */
export function editionsDocument({ calendar, scales }: Editions): {
  readonly calendar?: readonly DataVersion[];
  readonly scales?: readonly DataVersion[];
} {
  return {
    ...(calendar === undefined ? {} : { calendar: calendar.versions }),
    ...(scales === undefined ? {} : { scales: scales.versions }),
  };
}

/** The same, a sentence each. */
export function editionSentences({ calendar, scales }: Editions): readonly string[] {
  return [
    ...(calendar?.versions ?? []).map((version) => `Calendrier : ${versionText(version)}`),
    ...(scales?.versions ?? []).map((version) => `Barème : ${versionText(version)}`),
  ];
}

/** The same, for the terminal. */
export function editionLines(editions: Editions, width: number): readonly string[] {
  return editionSentences(editions).flatMap((sentence) => wrap(sentence, width, '  '));
}
