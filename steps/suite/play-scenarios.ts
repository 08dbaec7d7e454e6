import { SHIPPED_CODES, type CodeLists } from '#checks/xds/index.ts';
import type { Collector } from '#evidence/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { Bench } from '#mocks/index.ts';
import type { SutDriver } from '#sut/driver/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { setSuiteBench, Watches, type DocumentReferences } from '../world/index.ts';
import { cucumber } from './cucumber.ts';
import type { SuitePlan } from './plan.ts';

/** How long a call of the product is waited for once its gesture has ended, unless the user says otherwise. */
export const EXCHANGE_TIMEOUT_MS = 10_000;

/** How long a scenario is watched at the least for what must not arrive any more, unless the user asks to stop. */
const WATCHED_MS = 2_000;

export interface PlayOptions {
  readonly mocks: Bench;
  readonly sut: SutDriver;
  readonly rem: Rem;
  readonly plan: Pick<SuitePlan, 'scenarios' | 'tagExpression'>;
  /** Plays the scenarios of the plan one by one, where the tag expression alone would take more of them. */
  readonly narrowed: boolean;
  readonly collector: Collector;
  readonly exchangeTimeoutMs: number;
  /** Lists of codes that rule the metadata; those shipped when absent. */
  readonly codes?: CodeLists;
  /** What the checks of documents are held to; nothing of the vendor's when absent. */
  readonly references?: DocumentReferences;
  /** True once the user asked to stop: what remains is recorded as interrupted. */
  readonly stopping: () => boolean;
  /** Whether this process plays the scenario of this rank in the plan; it plays all of them when absent. */
  readonly takes?: (rank: number) => boolean;
  /** `watched`: right as long as nothing arrives until the end. */
  readonly record: (result: ScenarioResult, how: { readonly watched: boolean }) => void;
  /** What the end of the run changed in a result already recorded: same id, another verdict. */
  readonly amend: (result: ScenarioResult) => void;
  /** Resolves once no other process plays any more: the end of the run is the same for all. */
  readonly allPlayed?: () => Promise<void>;
  readonly shard?: string;
  /** Cucumber formats written to files. */
  readonly files?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

/**
 * Plays planned scenarios against a running bench and a reached product, in series; each result is handed over as soon
 * as it is known, and once more if what arrived afterwards, until the last scenario, makes it wrong.
 */
export async function playScenarios(options: PlayOptions): Promise<void> {
  const { mocks, sut, rem, plan, collector } = options;
  const watches = new Watches();
  const byKey = new Map(plan.scenarios.map((scenario, rank) => [scenario.key, { ...scenario, rank }]));
  setSuiteBench({
    mocks,
    sut,
    rem,
    wave: rem.wave,
    collector,
    codes: options.codes ?? SHIPPED_CODES,
    references: options.references ?? {},
    exchangeTimeoutMs: options.exchangeTimeoutMs,
    watches,
    recorder: {
      planned: (key) => byKey.get(key),
      get stopping() {
        return options.stopping();
      },
      takes(key) {
        const rank = byKey.get(key)?.rank;
        // One that nobody planned is told by its result, as always.
        return rank === undefined || options.takes === undefined || options.takes(rank);
      },
      record: options.record,
    },
  });
  try {
    await cucumber({
      tags: plan.tagExpression,
      dryRun: false,
      ...(options.narrowed ? { paths: plan.scenarios.map(({ key }) => key) } : {}),
      ...(options.files === undefined ? {} : { files: options.files }),
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      onMessage: () => {},
      ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
    });
    await options.allPlayed?.();
    if (!options.stopping()) await watches.last(mocks.journal, Math.min(WATCHED_MS, options.exchangeTimeoutMs));
    for (const result of await watches.broken(mocks.journal, collector)) options.amend(result);
  } finally {
    setSuiteBench(undefined);
  }
}
