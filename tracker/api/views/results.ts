import type { Tracker } from '../../store/index.ts';
import type { ScenarioResult } from '../../types.ts';

/** What a scenario said. */
export type SaidByScenario = Pick<ScenarioResult, 'id' | 'name' | 'findings' | 'otherFindings'>;

/** What the scenarios of a run said, by scenario; those that said nothing are not there. */
export type RunResults = (run: string) => Promise<ReadonlyMap<string, SaidByScenario>>;

interface Kept {
  readonly results: Promise<ReadonlyMap<string, SaidByScenario>>;
  /** Findings, and one for the run. */
  size: number;
}

/** Of all runs that are kept together. A finding is a kilobyte or so, where its run is megabytes of JSON. */
const MOST_FINDINGS = 20_000;

/** A run never changes once recorded: what was asked for last is kept, and the rest of the run is not. */
export function runResults(tracker: Pick<Tracker, 'run'>): RunResults {
  const kept = new Map<string, Kept>();
  let total = 0;
  const drop = (run: string): void => {
    total -= kept.get(run)?.size ?? 0;
    kept.delete(run);
  };
  const keep = async (run: string, asked: Kept): Promise<void> => {
    try {
      const results = await asked.results;
      if (kept.get(run) !== asked) return;
      asked.size = [...results.values()].reduce((sum, said) => sum + countOf(said), 1);
      total += asked.size;
      for (const oldest of kept.keys()) {
        if (total <= MOST_FINDINGS) break;
        drop(oldest);
      }
    } catch {
      // Whoever asked is told; what could not be read is asked for again.
      if (kept.get(run) === asked) drop(run);
    }
  };
  return (run) => {
    const known = kept.get(run);
    if (known !== undefined) {
      // Asked for last: dropped last.
      kept.delete(run);
      kept.set(run, known);
      return known.results;
    }
    const asked: Kept = { results: read(tracker, run), size: 0 };
    kept.set(run, asked);
    void keep(run, asked);
    return asked.results;
  };
}

const countOf = ({ findings, otherFindings }: SaidByScenario): number => findings.length + otherFindings.length;

async function read(tracker: Pick<Tracker, 'run'>, run: string): Promise<ReadonlyMap<string, SaidByScenario>> {
  const stored = await tracker.run(run);
  const said = (stored?.run.scenarios ?? []).filter((scenario) => countOf(scenario) > 0);
  return new Map(
    said.map(({ id, name, findings, otherFindings }) => [id, { id, name, findings, otherFindings }] as const),
  );
}
