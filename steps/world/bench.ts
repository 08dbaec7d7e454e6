import type { CodeLists } from '#checks/xds/index.ts';
import type { Collector } from '#evidence/index.ts';
import type { Rem, Wave } from '#dsr/rem/index.ts';
import type { Bench } from '#mocks/index.ts';
import type { SutDriver } from '#sut/driver/index.ts';
import type { DocumentReferences } from './references.ts';
import type { Recorder } from './recorder.ts';
import type { Watches } from './watches.ts';

/** What every scenario of a run shares. */
export interface SuiteBench {
  readonly mocks: Bench;
  readonly sut: SutDriver;
  readonly rem: Rem;
  readonly wave: Wave;
  readonly collector: Collector;
  /** Lists of codes that rule the metadata: those that the simulated DMP was given. */
  readonly codes: CodeLists;
  /** What the vendor holds the checks of documents to. */
  readonly references: DocumentReferences;
  readonly recorder: Recorder;
  /** What scenarios left to watch until the end of the run. */
  readonly watches: Watches;
  /** How long a call of the product is waited for once the gesture has ended. */
  readonly exchangeTimeoutMs: number;
}

let bench: SuiteBench | undefined;

/** Step files are loaded by cucumber and cannot be handed arguments: the suite puts the bench here before it starts. */
export function setSuiteBench(next: SuiteBench | undefined): void {
  bench = next;
}

export function suiteBench(): SuiteBench {
  if (!bench) throw new Error('La suite se lance par « jalon run » : aucun banc n’est démarré.');
  return bench;
}
