import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renumberPieces, type Collector } from '#evidence/index.ts';
import { LISTENERS, mergeJournals } from '#mocks/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';
import type { Ledger } from '../ledger.ts';
import type { BenchOptions } from '../open-bench.ts';
import type { SuitePlan } from '../plan.ts';
import { openClaims, resetClaims, type Claims } from './claims.ts';
import { startCrew, type Crew } from './crew.ts';
import { lostScenario, unwatched } from './lost-scenario.ts';
import { mergeMessages } from './merge-messages.ts';
import { withoutRank, type UnexpectedAt, type WorkerSettings } from './protocol.ts';
import { spansOf, unexpectedIn } from './spans.ts';

export interface SeveralOptions {
  /** How many processes play, this one included; 2 at the least. */
  readonly jobs: number;
  readonly bench: Omit<BenchOptions, 'journalDir' | 'workDir' | 'pkiDir' | 'numbers'>;
  readonly privateDir: string;
  readonly plan: SuitePlan;
  readonly shard?: string;
  readonly ledger: Ledger;
  readonly onRecorded: (result: ScenarioResult) => void;
  readonly onOutput: (text: string) => void;
  /** One line for the user. */
  readonly onLost: (sentence: string) => void;
}

/** The processes of a run, seen from the first: it plays like the others, and puts together what they did. */
export interface Several {
  readonly crew: Crew;
  readonly claims: Claims;
  /** What the bench of this process is opened with. */
  readonly own: Pick<BenchOptions, 'journalDir' | 'workDir' | 'pkiDir' | 'numbers'>;
  /** The journal of this process held so many exchanges before its first scenario. */
  started(exchanges: number): void;
  /** Unexpected operations of a process, from its start. */
  saw(worker: number, unexpected: readonly UnexpectedAt[]): void;
  unexpected(): RunRecord['unexpected'];
  /** Settles what a lost process leaves, once every process is over. */
  settleLost(collector: Collector): Promise<void>;
  /** Puts pieces and journals in the order of the plan, once every process is over. */
  merge(): Promise<void>;
  /** The messages of all of them as one. @param own those of this process */
  messages(own: string): Promise<string>;
  /** Removes what only served to put the parts together. */
  tidy(): Promise<void>;
}

const FIRST = 1;

export async function openSeveral(options: SeveralOptions): Promise<Several> {
  const { jobs, privateDir, plan, ledger, bench } = options;
  const claimsDir = join(privateDir, 'prises');
  resetClaims(claimsDir);
  const claims = openClaims(claimsDir, FIRST);
  const dirOf = (worker: number): string => join(privateDir, `poste-${worker}`);
  const journalOf = (worker: number): string => join(dirOf(worker), 'journal');
  const messagesOf = (worker: number): string => join(dirOf(worker), 'messages.ndjson');
  const others = Array.from({ length: jobs - 1 }, (_, index) => index + 2);
  for (const worker of [FIRST, ...others]) await mkdir(dirOf(worker), { recursive: true, mode: 0o700 });
  const started = new Map<number, number>();
  const unexpected = new Map<number, readonly UnexpectedAt[]>();
  const lost = new Map<number, string>();
  const settings = others.map((worker): WorkerSettings => ({
    worker,
    bench: {
      ...bench,
      // Certificates name the port of their revocation lists: each bench has its own, kept from one run to the next.
      pkiDir: join(bench.dataDir, 'postes', String(worker)),
      workDir: dirOf(worker),
      journalDir: journalOf(worker),
      numbers: { first: worker, step: jobs },
      ...(bench.ports === undefined ? {} : { ports: { base: bench.ports.base + (worker - FIRST) * LISTENERS.length } }),
    },
    plan,
    claimsDir,
    messages: messagesOf(worker),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  }));
  const crew = startCrew(settings, {
    ready: (worker, exchanges) => void started.set(worker, exchanges),
    recorded(worker, result, { watched, exchanges, unexpected: seen }) {
      unexpected.set(worker, seen);
      ledger.record(result, { worker, exchanges, watched });
      options.onRecorded(result);
    },
    amended(result) {
      ledger.amend(result);
      options.onRecorded(result);
    },
    ended: (worker, seen) => void unexpected.set(worker, seen),
    output: options.onOutput,
    lost(worker, why) {
      lost.set(worker, why);
      options.onLost(`Le poste ${worker} s’est arrêté : ${why} Les autres jouent ce qui reste.`);
    },
  });
  const spans = (): ReturnType<typeof spansOf> =>
    spansOf(new Map([...started].toSorted(([one], [other]) => one - other)), ledger.entries());
  return {
    crew,
    claims,
    own: {
      pkiDir: bench.dataDir,
      workDir: privateDir,
      journalDir: journalOf(FIRST),
      numbers: { first: FIRST, step: jobs },
    },
    started: (exchanges) => void started.set(FIRST, exchanges),
    saw: (worker, seen) => void unexpected.set(worker, seen),
    unexpected: () => unexpectedIn(spans(), unexpected).map(withoutRank),
    async settleLost(collector) {
      for (const [worker, why] of lost) {
        for (const { result, worker: player, watched } of ledger.entries()) {
          if (player !== worker || !watched || result.verdict.startsWith('non-')) continue;
          await collector.withdraw(result.pieces);
          const settled = unwatched(result, worker, why);
          ledger.amend(settled);
          options.onRecorded(settled);
        }
        for (const rank of claims.takenBy(worker)) {
          const planned = plan.scenarios[rank];
          if (planned === undefined || ledger.has(planned.id)) continue;
          const result = lostScenario(planned, worker, why);
          ledger.record(result, { worker, exchanges: 0, watched: false });
          options.onRecorded(result);
        }
      }
    },
    async merge() {
      ledger.movePieces(await renumberPieces(bench.runDir, ledger.filed()));
      mergeJournals(
        join(privateDir, 'journal'),
        spans().map(({ worker, from, to }) => ({ folder: journalOf(worker), count: to - from })),
      );
    },
    async messages(own) {
      const texts = await Promise.all(
        others.map(async (worker) => ({ worker, text: await readFile(messagesOf(worker), 'utf8').catch(() => '') })),
      );
      return mergeMessages([{ worker: FIRST, text: own }, ...texts], ledger.entries());
    },
    async tidy() {
      await rm(claimsDir, { recursive: true, force: true });
      await rm(dirOf(FIRST), { recursive: true, force: true });
      for (const worker of others) {
        await rm(journalOf(worker), { recursive: true, force: true });
        await rm(messagesOf(worker), { force: true });
      }
    },
  };
}
