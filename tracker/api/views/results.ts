import type { Tracker } from '../../store/index.ts';
import type { ScenarioResult } from '../../types.ts';

/** Results of the runs that were asked for last, by scenario. */
export type RunResults = (run: string) => Promise<ReadonlyMap<string, ScenarioResult>>;

/** A run never changes once recorded, and is a megabyte of JSON: a few are kept read. */
const MOST_RUNS = 16;

export function runResults(tracker: Pick<Tracker, 'run'>): RunResults {
  const kept = new Map<string, Promise<ReadonlyMap<string, ScenarioResult>>>();
  return (run) => {
    const known = kept.get(run);
    kept.delete(run);
    const results = known ?? read(tracker, run);
    kept.set(run, results);
    // What could not be read is asked for again.
    results.catch(() => kept.delete(run));
    const [oldest] = kept.keys();
    if (kept.size > MOST_RUNS && oldest !== undefined) kept.delete(oldest);
    return results;
  };
}

async function read(tracker: Pick<Tracker, 'run'>, run: string): Promise<ReadonlyMap<string, ScenarioResult>> {
  const stored = await tracker.run(run);
  return new Map((stored?.run.scenarios ?? []).map((result) => [result.id, result]));
}
