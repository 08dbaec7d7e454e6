import { joinAsked } from './asked.ts';
import { scenariosFor, type ScenarioPlace } from './choose.ts';
import { judgeFault } from './judge.ts';
import type { Pool } from './pool.ts';
import type { PlayOrder } from './protocol.ts';
import type { Asked, ExpectedFault, FaultOutcome, Pass, Reach } from './types.ts';

export interface PassesOptions {
  readonly faults: readonly ExpectedFault[];
  /** Ids that each fault is played on, beside its expected scenarios. */
  readonly chosen: readonly string[];
  readonly suite: readonly ScenarioPlace[];
  readonly jobs: number;
  readonly reach: Reach;
  /** Most scenarios of a fault beside the expected ones; all of them when absent. */
  readonly sample?: number;
  /** Expected scenarios to play of a fault. */
  readonly kept: (fault: ExpectedFault) => readonly string[];
  readonly phase: (sentence: string) => void;
  readonly onPlayed: (name: string, done: number, total: number, outcome: FaultOutcome | undefined) => void;
}

export interface Played {
  /** Absent when the user stopped before its end. */
  readonly baseline?: Pass;
  /** In the order of the faults; shorter after a stop. */
  readonly outcomes: readonly FaultOutcome[];
}

/**
 * First the scenarios without fault, shared between the processes; the product then tells which ones each fault can
 * change, and they are played with it.
 */
export async function playPasses(pool: Pool, options: PassesOptions): Promise<Played> {
  const { faults, suite, chosen, phase, onPlayed } = options;
  const others = options.sample === 0 ? [] : chosen;
  const { sample } = options;
  const keptOf = new Map(faults.map((fault) => [fault.name, options.kept(fault)]));
  const kept = (fault: ExpectedFault): readonly string[] => keptOf.get(fault.name) ?? fault.expected;
  const judged = (fault: ExpectedFault, pass: Pass): FaultOutcome =>
    judgeFault({ ...fault, expected: kept(fault) }, pass, baseline);
  const compared = new Set([...others, ...faults.flatMap((fault) => [...kept(fault), ...fault.warnings])]);
  const ids = suite.map(({ id }) => id).filter((id) => compared.has(id));
  phase(`Exécution de ${ids.length} scénarios sans faute`);
  const shares = Array.from({ length: options.jobs }, (_, share) => ({
    id: share,
    faults: [],
    scenarios: ids.filter((_id, index) => index % options.jobs === share),
  }));
  const parts = await pool.playAll(shares, () => {});
  if (parts.size < shares.length) return { outcomes: [] };
  const baseline = joined([...parts.values()]);

  const asked = options.reach === 'all' ? undefined : baseline.asked;
  const orders = faults
    .map(({ name }, id): PlayOrder => {
      const fault = faults[id];
      const narrowed = fault && sample !== undefined ? { kept: kept(fault), others: sample } : undefined;
      return { id, faults: [name], scenarios: fault ? scenariosFor(fault, others, suite, asked, narrowed) : [] };
    })
    // The longest first: the processes then end together.
    .toSorted((one, other) => other.scenarios.length - one.scenarios.length);
  phase(`Exécution avec chacune des ${faults.length} fautes, ${options.jobs} à la fois`);
  let done = 0;
  const passes = await pool.playAll(orders, ({ id }, pass) => {
    const fault = faults[id];
    done += 1;
    if (fault) onPlayed(fault.name, done, orders.length, judged(fault, pass));
  });
  return {
    baseline,
    outcomes: faults.flatMap((fault, id) => {
      const pass = passes.get(id);
      return pass ? [judged(fault, pass)] : [];
    }),
  };
}

function joined(parts: readonly Pass[]): Pass {
  const asked: Asked = joinAsked(parts.map((part) => part.asked));
  return {
    scenarios: parts.flatMap(({ scenarios }) => scenarios),
    durationMs: Math.max(...parts.map(({ durationMs }) => durationMs)),
    asked,
  };
}
