import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Rem } from '#dsr/rem/index.ts';
import { createCollector, createFolderStore, writeWhole } from '#evidence/index.ts';
import { startMocks, type Bench, type StartMocksOptions } from '#mocks/index.ts';
import type { ProductIdentity, SutDriver } from '#sut/driver/index.ts';
import { runVerdict } from '#tracker/domain/index.ts';
import type { RunLifecycle, RunRecord, ScenarioResult } from '#tracker/types.ts';
import { amendMessages } from './amend-messages.ts';
import { ROOT } from './cucumber.ts';
import { withoutMachinePaths } from './machine-paths.ts';
import { openSut } from './open-sut.ts';
import { planSuite, type SuitePlan } from './plan.ts';
import { EXCHANGE_TIMEOUT_MS, playScenarios } from './play-scenarios.ts';

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
  readonly ports?: { readonly base: number };
  /** How the simulated services answer, and what a vendor knows better of INSi. */
  readonly mocks?: Pick<StartMocksOptions, 'profile' | 'insi'>;
  readonly gestureTimeoutMs?: number;
  readonly exchangeTimeoutMs?: number;
  readonly benchVersion: string;
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
  output?(text: string): void;
}

/**
 * The whole path of a proof once: plan, mocks, product, scenarios, pieces. Every scenario is on disk (`run.json`) as
 * soon as it is judged, so that a killed run loses nothing.
 *
 * @returns the record, also written as `run.json` in the run folder
 * @throws {SuiteError} when the suite cannot be planned; {BenchError} from the mocks; {SutError} when the product is out
 * of reach. What was opened is closed in every case.
 */
export async function runSuite(options: SuiteOptions): Promise<RunRecord> {
  const { rem, runDir, progress, now } = options;
  const startedAt = now();
  const started = performance.now();
  progress.phase('Lecture des fonctionnalités et contrôle des étiquettes');
  const plan = await planSuite({ rem, profiles: options.profiles, ...(options.tags ? { tags: options.tags } : {}) });
  progress.planned(inShard(plan.scenarios, options.shard).length);
  // What must not be shared (raw journal, product settings) stands apart from what may.
  const privateDir = join(runDir, 'prive');
  await mkdir(privateDir, { recursive: true, mode: 0o700 });

  let mocks: Bench | undefined;
  let sut: SutDriver | undefined;
  try {
    progress.phase('Démarrage des services simulés');
    mocks = await startMocks({
      dataDir: options.dataDir,
      journalDir: join(privateDir, 'journal'),
      ...options.mocks,
      ...(options.ports ? { ports: options.ports } : {}),
    });
    progress.phase('Mise en route du produit testé');
    sut = await openSut(mocks, {
      sut: options.sut,
      faults: options.faults,
      workDir: privateDir,
      ...(options.gestureTimeoutMs === undefined ? {} : { gestureTimeoutMs: options.gestureTimeoutMs }),
    });
    const product = await sut.identity();
    const record = (lifecycle: RunLifecycle, scenarios: readonly ScenarioResult[]): RunRecord => ({
      id: options.id,
      category: rem.category,
      wave: rem.wave,
      profiles: options.profiles,
      rem: { source: rem.source, sha256: rem.sha256 },
      product: { ...product },
      driver: sut?.label ?? options.sut,
      faults: options.faults,
      benchVersion: options.benchVersion,
      startedAt: startedAt.toISOString(),
      ...(lifecycle === 'judging' ? {} : { endedAt: now().toISOString() }),
      lifecycle,
      verdict: runVerdict(scenarios),
      durationMs: Math.round(performance.now() - started),
      scenarios,
      ...(plan.leftOut.length === 0
        ? {}
        : { leftOut: plan.leftOut.map(({ id, name, tags }) => ({ id, name, requirements: tags.requirements })) }),
      unexpected: unexpectedOperations(mocks),
    });
    progress.phase('Exécution des scénarios');
    const scenarios = await play(options, plan, mocks, sut, product, record);
    const finished = record(options.stop.aborted ? 'interrupted' : 'finished', scenarios);
    await save(runDir, finished);
    return finished;
  } finally {
    await sut?.close();
    await mocks?.close();
  }
}

async function play(
  options: SuiteOptions,
  plan: SuitePlan,
  mocks: Bench,
  sut: SutDriver,
  product: ProductIdentity,
  record: (lifecycle: RunLifecycle, scenarios: readonly ScenarioResult[]) => RunRecord,
): Promise<readonly ScenarioResult[]> {
  const { rem, runDir, progress, stop } = options;
  const results: ScenarioResult[] = [];
  let saving: Promise<void> = Promise.resolve();
  const messages = join(runDir, 'messages.ndjson');
  const amended = new Map<string, string>();
  const keys = new Map(plan.scenarios.map(({ id, key }) => [id, key]));
  await playScenarios({
    mocks,
    sut,
    rem,
    plan,
    narrowed: plan.leftOut.length > 0,
    exchangeTimeoutMs: options.exchangeTimeoutMs ?? EXCHANGE_TIMEOUT_MS,
    collector: createCollector({
      runDir,
      originals: createFolderStore(join(options.dataDir, 'originaux')),
      knownIns: new Set(
        mocks.population.patients.flatMap((patient) => [patient.ins, ...patient.history.map((old) => old.ins)]),
      ),
      now: options.now,
      facts: {
        product,
        driver: sut.label,
        rem: { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 },
        run: options.id,
        benchVersion: options.benchVersion,
      },
    }),
    stopping: () => stop.aborted,
    record(result) {
      results.push(result);
      const current = record('judging', [...results]);
      saving = saving.then(() => save(runDir, current));
      progress.scenario(result, results.length);
    },
    amend(result) {
      amended.set(keys.get(result.id) ?? '', result.reason);
      results.splice(
        results.findIndex(({ id }) => id === result.id),
        1,
        result,
      );
      progress.scenario(result, results.length);
    },
    files: { [messages]: 'message' },
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    onOutput: (text) => progress.output?.(text),
  });
  await saving;
  // Cucumber writes stack traces with absolute places; this file is handed over with the rest of the folder.
  const written = amendMessages(await readFile(messages, 'utf8'), amended);
  await writeWhole(messages, withoutMachinePaths(written, [ROOT, resolve(options.dataDir)]));
  return results;
}

/** What cucumber plays of a list for `i/n`: one scenario in n, from the ith. */
function inShard<Item>(items: readonly Item[], shard: string | undefined): readonly Item[] {
  if (shard === undefined) return items;
  const [index = 1, total = 1] = shard.split('/').map(Number);
  return items.filter((_item, rank) => rank % total === index - 1);
}

function save(runDir: string, record: RunRecord): Promise<void> {
  return writeWhole(join(runDir, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
}

function unexpectedOperations(mocks: Bench | undefined): RunRecord['unexpected'] {
  return (mocks?.journal.list() ?? [])
    .filter((exchange) => !exchange.expected)
    .map(({ service, operation, outcome, startedAt }) => ({ service, operation, outcome, at: startedAt }));
}
