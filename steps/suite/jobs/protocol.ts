import type { RunRecord, ScenarioResult } from '#tracker/types.ts';
import type { BenchOptions } from '../open-bench.ts';
import type { SuitePlan } from '../plan.ts';
import type { WorkerFailure } from '../worker-process.ts';

type Unexpected = RunRecord['unexpected'][number];

/** An operation that no scenario expected, with its rank in the journal of the process that saw it, from 0. */
export interface UnexpectedAt extends Unexpected {
  readonly rank: number;
}

/** The operation as the record of the run tells it. */
export function withoutRank(seen: UnexpectedAt): Unexpected {
  const { rank: _, ...operation } = seen;
  return operation;
}

/** What a worker needs to play its part of a run. Plain data: it crosses a process boundary. */
export interface WorkerSettings {
  /** From 2: the process that started the others is the first. */
  readonly worker: number;
  readonly bench: BenchOptions;
  readonly plan: SuitePlan;
  readonly shard?: string;
  readonly claimsDir: string;
  /** Messages of cucumber of this worker. */
  readonly messages: string;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly settings: WorkerSettings }
  | { readonly kind: 'play' }
  /** Nobody plays any more: what is watched may be concluded. */
  | { readonly kind: 'finish' }
  /** The user asked to stop. */
  | { readonly kind: 'stop' };

export type FromWorker =
  /** `exchanges`: those of the start, before any scenario. */
  | { readonly kind: 'ready'; readonly exchanges: number }
  | {
      readonly kind: 'recorded';
      readonly result: ScenarioResult;
      readonly watched: boolean;
      readonly exchanges: number;
      readonly unexpected: readonly UnexpectedAt[];
    }
  | { readonly kind: 'output'; readonly text: string }
  /** Its walk through the plan is over. */
  | { readonly kind: 'played' }
  | { readonly kind: 'amended'; readonly result: ScenarioResult }
  /** Its bench and its product are closed. */
  | { readonly kind: 'ended'; readonly exchanges: number; readonly unexpected: readonly UnexpectedAt[] }
  | WorkerFailure;
