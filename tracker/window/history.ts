import { parisDay, type CivilDate } from '#dsr/dates/index.ts';
import type { EvidenceClass } from '#dsr/rem/index.ts';
import { mergeContributions, slotStateAfter } from '../domain/index.ts';
import type { RunRecord, SlotState } from '../types.ts';
import type { DayProgress } from './forecast.ts';

/** What the pace needs of a run. */
export type PastRun = Pick<RunRecord, 'startedAt' | 'endedAt' | 'faults'> & {
  readonly scenarios: readonly Pick<RunRecord['scenarios'][number], 'slots' | 'verdict' | 'cause' | 'pieces'>[];
};

/** States in which a slot needs nothing more before the file leaves; a rehearsal still needs the official proof. */
const COMPLETE: ReadonlySet<SlotState> = new Set(['recueillie', 'validee-interne', 'deposee', 'acceptee']);

export function isComplete(state: SlotState): boolean {
  return COMPLETE.has(state);
}

/**
 * Day by day, how many slots became complete, or stopped being so: the runs of a campaign are played again through the
 * rule that fills slots.
 *
 * @param classes class of each slot of the REM; others are not counted
 */
export function slotHistory(
  runs: readonly PastRun[],
  classes: ReadonlyMap<string, EvidenceClass>,
): { readonly startedOn: CivilDate | undefined; readonly days: readonly DayProgress[] } {
  const states = new Map<string, SlotState>();
  const days: DayProgress[] = [];
  const oldestFirst = runs
    .filter(({ faults }) => faults.length === 0)
    .toSorted((one, other) => endOf(one).getTime() - endOf(other).getTime());
  for (const run of oldestFirst) {
    let net = 0;
    for (const slot of new Set(run.scenarios.flatMap(({ slots }) => slots))) {
      const evidenceClass = classes.get(slot);
      if (evidenceClass === undefined) continue;
      const brought = mergeContributions(
        run.scenarios
          .filter(({ slots, cause }) => slots.includes(slot) && cause !== 'interrompu')
          .map(({ verdict, pieces }) => ({
            verdict,
            evidenceClass,
            pieces: pieces.filter((piece) => piece.slot === slot).length,
          })),
      );
      if (brought === undefined) continue;
      const before = states.get(slot) ?? 'vide';
      const after = slotStateAfter(before, brought);
      states.set(slot, after);
      net += Number(isComplete(after)) - Number(isComplete(before));
    }
    days.push({ day: parisDay(endOf(run)), net });
  }
  return { startedOn: days[0]?.day, days };
}

function endOf({ startedAt, endedAt }: PastRun): Date {
  return new Date(endedAt ?? startedAt);
}
