import type { Verdict } from '#dsr/verdict/index.ts';
import { shownRunState } from '../../domain/index.ts';
import type { Tracker } from '../../store/index.ts';
import type { RunRecord, ScenarioResult, UnverifiableCause } from '../../types.ts';
import type { RunLineView } from '../types.ts';
import { countVerdicts } from './counts.ts';

/** What the lists need of a scenario of a run. */
export interface ScenarioDigest {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly cause: UnverifiableCause | null;
  /** In short: a scenario says all its findings one after the other, a list only has room for the first. */
  readonly reason: string;
  readonly requirements: readonly string[];
  /** Requirements that its findings speak of, its own or not. */
  readonly mentions: readonly string[];
}

export interface RunDigest {
  readonly line: RunLineView;
  readonly scenarios: readonly ScenarioDigest[];
}

/** The latest result of one scenario in a campaign. */
export interface LatestResult {
  readonly run: string;
  readonly startedAt: string;
  readonly scenario: ScenarioDigest;
}

export interface Digests {
  of(run: string): Promise<RunDigest | undefined>;
  /** One result per scenario id: the newest run that judged it, since a run may play a part of the suite only. */
  latest(campaign: string): Promise<readonly LatestResult[]>;
}

/** A run never changes once recorded: its megabyte of JSON is read once, and only what lists need is kept. */
export function createDigests(tracker: Tracker): Digests {
  const known = new Map<string, RunDigest>();
  const of = async (id: string): Promise<RunDigest | undefined> => {
    const kept = known.get(id);
    if (kept) return kept;
    const stored = await tracker.run(id);
    if (!stored) return undefined;
    const digest = digestOf(stored.run);
    known.set(id, digest);
    return digest;
  };
  return {
    of,
    async latest(campaign) {
      const results = new Map<string, LatestResult>();
      for (const line of await tracker.runs()) {
        if (line.campaign !== campaign) continue;
        for (const scenario of (await of(line.id))?.scenarios ?? []) {
          // An interruption says nothing of the product: what was judged before still stands.
          if (scenario.cause === 'interrompu' || results.has(scenario.id)) continue;
          results.set(scenario.id, { run: line.id, startedAt: line.startedAt, scenario });
        }
      }
      return [...results.values()];
    },
  };
}

function digestOf(run: RunRecord): RunDigest {
  return {
    line: {
      id: run.id,
      startedAt: run.startedAt,
      durationMs: run.durationMs,
      lifecycle: run.lifecycle,
      verdict: run.verdict,
      shown: shownRunState(run.lifecycle, run.verdict),
      product: { name: run.product.name, version: run.product.version },
      driver: run.driver,
      faults: run.faults,
      scenarios: { total: run.scenarios.length, ...countVerdicts(run.scenarios) },
      pieces: run.scenarios.reduce((sum, scenario) => sum + scenario.pieces.length, 0),
      unexpected: run.unexpected.length,
    },
    scenarios: run.scenarios.map((scenario) => ({
      id: scenario.id,
      name: scenario.name,
      verdict: scenario.verdict,
      cause: scenario.cause ?? null,
      reason: inShort(scenario),
      requirements: scenario.requirements,
      mentions: [
        ...new Set([...scenario.findings, ...scenario.otherFindings].flatMap((finding) => finding.requirements)),
      ],
    })),
  };
}

function inShort({ verdict, reason, findings }: ScenarioResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (verdict !== 'non-conforme' || first === undefined) return reason;
  const others = errors.length - 1;
  const more = others === 0 ? '' : others === 1 ? ' (et une autre erreur)' : ` (et ${others} autres erreurs)`;
  return `${first.rule} : ${first.remedy}${more}`;
}
