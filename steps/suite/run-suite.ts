import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CodeLists } from '#checks/xds/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import type { ServiceSettings } from '#mocks/index.ts';
import { runVerdict } from '#tracker/domain/index.ts';
import type { ReferenceFiles } from './references.ts';
import type { RunLifecycle, RunRecord, ScenarioResult } from '#tracker/types.ts';
import { amendMessages } from './amend-messages.ts';
import { ROOT } from './cucumber.ts';
import { howManyJobs, observed, openSeveral, withoutRank, type Several } from './jobs/index.ts';
import { Ledger } from './ledger.ts';
import { withoutMachinePaths } from './machine-paths.ts';
import { openBench, type OpenedBench } from './open-bench.ts';
import { isOwnProduct } from './open-sut.ts';
import { planSuite, type SuitePlan } from './plan.ts';
import { EXCHANGE_TIMEOUT_MS, playScenarios } from './play-scenarios.ts';
import { createRunFile } from './run-file.ts';

export interface SuiteOptions {
  readonly id: string;
  readonly rem: Rem;
  readonly profiles: readonly string[];
  readonly dataDir: string;
  /** Folder of this run; made if needed. */
  readonly runDir: string;
  readonly sut: string;
  readonly faults: readonly string[];
  readonly tags?: string;
  readonly shard?: string;
  /** How many processes play, each with services and a product of its own; see `howManyJobs` when absent. */
  readonly jobs?: number;
  readonly ports?: { readonly base: number };
  /** How the simulated services answer, and what a vendor knows better of them. */
  readonly mocks?: ServiceSettings;
  /** Lists of codes of the vendor, over those shipped, and the files they come from; the services are given them too. */
  readonly codes?: { readonly lists: CodeLists; readonly files: NonNullable<RunRecord['codes']> };
  /** What the checks of documents are held to, and what the record says of it. */
  readonly references?: { readonly files: ReferenceFiles; readonly told: NonNullable<RunRecord['references']> };
  readonly gestureTimeoutMs?: number;
  readonly exchangeTimeoutMs?: number;
  readonly benchVersion: string;
  /** Who asked for the run. */
  readonly operator?: string;
  readonly now: () => Date;
  readonly progress: SuiteProgress;
  /** Aborted when the user asks to stop: what was judged is kept, the rest is not played. */
  readonly stop: AbortSignal;
}

/** What the terminal is told while the suite runs. */
export interface SuiteProgress {
  phase(sentence: string): void;
  planned(total: number): void;
  scenario(result: ScenarioResult, done: number): void;
  /** One line that must be read. */
  note(sentence: string): void;
  output?(text: string): void;
}

/**
 * The whole path of a proof once: plan, mocks, product, scenarios, pieces. Every scenario is on disk (`run.json`) as
 * soon as it is judged, so that a killed run loses nothing.
 *
 * @returns the record, also written as `run.json` in the run folder
 * @throws {SuiteError} when the suite cannot be planned; {BenchError} from the mocks; {SutError} when the product is out
 * of reach; {JobError} when another process of the run cannot open its bench. What was opened is closed in every case.
 */
export async function runSuite(options: SuiteOptions): Promise<RunRecord> {
  const { rem, runDir, progress } = options;
  const startedAt = options.now();
  const started = performance.now();
  progress.phase('Lecture des fonctionnalités et contrôle des étiquettes');
  const plan = await planSuite({ rem, profiles: options.profiles, ...(options.tags ? { tags: options.tags } : {}) });
  const count = inShard(plan.scenarios, options.shard).length;
  progress.planned(count);
  // What must not be shared (raw journal, product settings) stands apart from what may.
  const privateDir = join(runDir, 'prive');
  await mkdir(privateDir, { recursive: true, mode: 0o700 });
  const ledger = new Ledger(plan.scenarios);
  const jobs = howManyJobs(options.jobs, isOwnProduct(options.sut), count);
  let changed = (_result: ScenarioResult): void => {};
  const shared = {
    id: options.id,
    rem,
    dataDir: options.dataDir,
    runDir,
    sut: options.sut,
    faults: options.faults,
    benchVersion: options.benchVersion,
    ...(options.operator === undefined ? {} : { operator: options.operator }),
    exchangeTimeoutMs: options.exchangeTimeoutMs ?? EXCHANGE_TIMEOUT_MS,
    ...(options.ports ? { ports: options.ports } : {}),
    ...(options.mocks ? { mocks: options.mocks } : {}),
    ...(options.codes ? { codes: options.codes.lists } : {}),
    ...(options.references ? { references: options.references.files } : {}),
    ...(options.gestureTimeoutMs === undefined ? {} : { gestureTimeoutMs: options.gestureTimeoutMs }),
  };
  let several: Several | undefined;
  let bench: OpenedBench | undefined;
  const stop = (): void => several?.crew.stop();
  try {
    // First, so that the other processes load while this one starts its services.
    if (jobs > 1) {
      several = await openSeveral({
        jobs,
        bench: shared,
        privateDir,
        plan,
        ledger,
        ...(options.shard === undefined ? {} : { shard: options.shard }),
        onRecorded: (result) => changed(result),
        onOutput: (text) => progress.output?.(text),
        onLost: (sentence) => progress.note(sentence),
      });
      options.stop.addEventListener('abort', stop, { once: true });
      if (options.stop.aborted) stop();
    }
    const own = several?.own ?? {
      pkiDir: options.dataDir,
      workDir: privateDir,
      journalDir: join(privateDir, 'journal'),
    };
    bench = await openBench({ ...shared, ...own }, options.now, (sentence) => progress.phase(sentence));
    several?.started(observed(bench.mocks).exchanges);
    await several?.crew.ready();
    const { product, sut, mocks } = bench;
    const record = (lifecycle: RunLifecycle): RunRecord => ({
      id: options.id,
      category: rem.category,
      wave: rem.wave,
      profiles: options.profiles,
      rem: { source: rem.source, sha256: rem.sha256 },
      product: { ...product },
      driver: sut.label,
      faults: options.faults,
      benchVersion: options.benchVersion,
      jobs,
      ...(options.codes ? { codes: options.codes.files } : {}),
      ...(options.references ? { references: options.references.told } : {}),
      startedAt: startedAt.toISOString(),
      ...(lifecycle === 'judging' ? {} : { endedAt: options.now().toISOString() }),
      lifecycle,
      verdict: runVerdict(ledger.scenarios()),
      durationMs: Math.round(performance.now() - started),
      scenarios: ledger.scenarios(),
      ...(plan.leftOut.length === 0
        ? {}
        : { leftOut: plan.leftOut.map(({ id, name, tags }) => ({ id, name, requirements: tags.requirements })) }),
      unexpected: unexpectedOf(mocks, several),
    });
    const file = createRunFile(join(runDir, 'run.json'));
    changed = (result) => {
      file.refresh(() => record('judging'));
      progress.scenario(result, ledger.size);
    };
    progress.phase('Exécution des scénarios');
    await play(options, plan, bench, ledger, several, (result) => changed(result));
    const ended = await conclude(bench, several, () => record(options.stop.aborted ? 'interrupted' : 'finished'));
    file.refresh(() => ended);
    await file.settled();
    await writeMessages(options, ledger, several);
    await several?.tidy();
    return ended;
  } finally {
    options.stop.removeEventListener('abort', stop);
    await several?.crew.close();
    await bench?.close();
  }
}

async function play(
  options: SuiteOptions,
  plan: SuitePlan,
  { mocks, sut, collector, references }: OpenedBench,
  ledger: Ledger,
  several: Several | undefined,
  changed: (result: ScenarioResult) => void,
): Promise<void> {
  several?.crew.play();
  await playScenarios({
    mocks,
    sut,
    rem: options.rem,
    plan,
    narrowed: plan.leftOut.length > 0,
    exchangeTimeoutMs: options.exchangeTimeoutMs ?? EXCHANGE_TIMEOUT_MS,
    collector,
    references,
    stopping: () => options.stop.aborted,
    ...(options.codes ? { codes: options.codes.lists } : {}),
    ...(several === undefined
      ? {}
      : {
          takes: (rank: number) => several.claims.take(rank),
          allPlayed: () => several.crew.allPlayed(),
        }),
    record(result, { watched }) {
      const { exchanges, unexpected } = observed(mocks);
      several?.saw(1, unexpected);
      ledger.record(result, { worker: 1, exchanges, watched });
      changed(result);
    },
    amend(result) {
      ledger.amend(result);
      changed(result);
    },
    files: { [join(options.runDir, 'messages.ndjson')]: 'message' },
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    onOutput: (text) => options.progress.output?.(text),
  });
}

/** Waits for the other processes, then puts what all of them did in the order of the plan. */
async function conclude(
  { mocks, collector }: OpenedBench,
  several: Several | undefined,
  record: () => RunRecord,
): Promise<RunRecord> {
  if (several !== undefined) {
    await several.crew.ended();
    await several.settleLost(collector);
    several.saw(1, observed(mocks).unexpected);
    await several.merge();
  }
  return record();
}

async function writeMessages(options: SuiteOptions, ledger: Ledger, several: Several | undefined): Promise<void> {
  const messages = join(options.runDir, 'messages.ndjson');
  const own = await readFile(messages, 'utf8');
  const whole = several === undefined ? own : await several.messages(own);
  // Cucumber writes stack traces with absolute places; this file is handed over with the rest of the folder.
  const shown = withoutMachinePaths(amendMessages(whole, ledger.amended), [ROOT, resolve(options.dataDir)]);
  await writeWhole(messages, shown);
}

/** What cucumber plays of a list for `i/n`: one scenario in n, from the ith. */
function inShard<Item>(items: readonly Item[], shard: string | undefined): readonly Item[] {
  if (shard === undefined) return items;
  const [index = 1, total = 1] = shard.split('/').map(Number);
  return items.filter((_item, rank) => rank % total === index - 1);
}

function unexpectedOf(mocks: OpenedBench['mocks'], several: Several | undefined): RunRecord['unexpected'] {
  if (several !== undefined) return several.unexpected();
  return observed(mocks).unexpected.map(withoutRank);
}
