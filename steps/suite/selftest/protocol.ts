import type { WorkerFailure } from '../worker-process.ts';
import type { Pass } from './types.ts';

/** What the workers of a selftest are told, and what they answer. */
export interface WorkerSettings {
  /** Folder of this worker alone: the test PKI and the settings of the product. */
  readonly dataDir: string;
  readonly exchangeTimeoutMs: number;
}

export interface PlayOrder {
  readonly id: number;
  /** Faults of the reference SGL; none for the pass that the others are compared with. */
  readonly faults: readonly string[];
  readonly scenarios: readonly string[];
}

export type ToWorker =
  | { readonly kind: 'open'; readonly settings: WorkerSettings }
  | { readonly kind: 'play'; readonly order: PlayOrder };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'played'; readonly id: number; readonly pass: Pass }
  | WorkerFailure;
