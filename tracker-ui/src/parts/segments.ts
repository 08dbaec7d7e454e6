import type { StateCounts } from '#tracker/api/index.ts';
import { SLOT_STATES } from '../words/states.ts';
import type { Tone } from '../words/types.ts';

/** One stretch of a bar, in hundredths of its length. */
export interface Segment {
  readonly tone: Tone;
  readonly from: number;
  readonly length: number;
}

/** From what is done to what is missing; `none` is the empty ground of the bar and draws nothing. */
const ORDER: readonly Tone[] = ['ok', 'bench', 'warn', 'bad'];

/** Cuts a bar by tone. The lengths add up to the share of slots that are not empty. */
export function segments(byState: StateCounts, total: number): readonly Segment[] {
  if (total <= 0) return [];
  const sums = new Map<Tone, number>();
  for (const [state, count] of entries(byState)) {
    const { tone } = SLOT_STATES[state];
    sums.set(tone, (sums.get(tone) ?? 0) + count);
  }
  let from = 0;
  return ORDER.flatMap((tone) => {
    const length = ((sums.get(tone) ?? 0) / total) * 100;
    if (length === 0) return [];
    const segment = { tone, from, length };
    from += length;
    return [segment];
  });
}

/** What the bar says, for who does not see it: `70 recueillies`… in the order in which a slot lives. */
export function barLabel(byState: StateCounts): string {
  const parts = entries(byState).map(([state, count]) => `${SLOT_STATES[state].label.toLowerCase()} : ${count}`);
  return parts.length === 0 ? 'aucune preuve' : parts.join(', ');
}

/** Counts in the order of the words, without the zeros. */
export function entries(byState: StateCounts): readonly (readonly [keyof StateCounts, number])[] {
  const states = Object.keys(SLOT_STATES) as (keyof typeof SLOT_STATES)[];
  return states.flatMap((state) => {
    if (state === 'non-applicable') return [];
    const count = byState[state] ?? 0;
    return count > 0 ? [[state, count] as const] : [];
  });
}
