import type { Verdict } from '#dsr/verdict/index.ts';
import type { RunLifecycle, RunRecord, ScenarioResult, UnverifiableCause } from '../types.ts';
import { shownRunState } from './run-verdict.ts';

/** What lists need of a run: its megabyte of JSON is not read again for them. */
export interface RunDigest {
  readonly line: RunLine;
  readonly scenarios: readonly ScenarioDigest[];
}

export interface RunLine {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly lifecycle: RunLifecycle;
  readonly verdict: Verdict;
  /** What a person sees, from lifecycle and verdict together. */
  readonly shown: { readonly tone: 'ok' | 'bad' | 'warn' | 'none'; readonly label: string };
  readonly product: { readonly name: string; readonly version: string };
  readonly driver: string;
  readonly faults: readonly string[];
  readonly scenarios: { readonly total: number } & Readonly<Record<Verdict, number>>;
  readonly pieces: number;
  readonly unexpected: number;
}

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

/** The latest result of one scenario in a campaign. */
export interface LatestResult {
  readonly run: string;
  /** ISO 8601 UTC, of the run. */
  readonly startedAt: string;
  readonly scenario: ScenarioDigest;
}

export function runDigest(run: RunRecord): RunDigest {
  const counts: Record<Verdict, number> = { conforme: 0, 'non-conforme': 0, 'a-verifier': 0, 'non-verifiable': 0 };
  for (const { verdict } of run.scenarios) counts[verdict] += 1;
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
      scenarios: { total: run.scenarios.length, ...counts },
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
