import { fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ScenarioResult } from '#tracker/types.ts';
import { JobError } from './errors.ts';
import type { FromWorker, ToWorker, UnexpectedAt, WorkerSettings } from './protocol.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** Several processes share the memory of a laptop: a heap that is swept early costs little time. */
const SMALL_HEAP = ['--max-semi-space-size=4', '--max-old-space-size=512'];

/** What the other processes of a run tell while they play. */
export interface CrewListener {
  /** A worker opened its bench; its journal holds so many exchanges. */
  ready(worker: number, exchanges: number): void;
  recorded(
    worker: number,
    result: ScenarioResult,
    how: { readonly watched: boolean; readonly exchanges: number; readonly unexpected: readonly UnexpectedAt[] },
  ): void;
  amended(result: ScenarioResult): void;
  /** The last word of the journal of a worker. */
  ended(worker: number, unexpected: readonly UnexpectedAt[]): void;
  output(text: string): void;
  /** A worker died or failed while it played; `why` is a French clause. */
  lost(worker: number, why: string): void;
}

/** The other processes of a run. */
export interface Crew {
  /** Resolves once each has opened its bench. @throws {JobError} when one cannot */
  ready(): Promise<void>;
  /** Has all of them walk the plan. */
  play(): void;
  /** Resolves once none of them plays any more, dead ones included; then has them conclude what they watch. */
  allPlayed(): Promise<void>;
  /** Resolves once each is over, its bench and its product closed. */
  ended(): Promise<void>;
  stop(): void;
  /** Ends what still runs. */
  close(): Promise<void>;
}

export function startCrew(settings: readonly WorkerSettings[], listener: CrewListener): Crew {
  const workers = settings.map((one) => startWorker(one, listener));
  const send = (message: ToWorker): void => workers.forEach((worker) => worker.send(message));
  return {
    async ready() {
      await Promise.all(workers.map(({ ready }) => ready));
    },
    play: () => send({ kind: 'play' }),
    async allPlayed() {
      await Promise.all(workers.map(({ played }) => played));
      send({ kind: 'finish' });
    },
    async ended() {
      await Promise.all(workers.map(({ ended }) => ended));
    },
    stop: () => send({ kind: 'stop' }),
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

interface Worker {
  readonly ready: Promise<void>;
  /** `played` and `ended` also resolve when it is lost. */
  readonly played: Promise<void>;
  readonly ended: Promise<void>;
  send(message: ToWorker): void;
  close(): Promise<void>;
}

function startWorker(settings: WorkerSettings, listener: CrewListener): Worker {
  const { worker } = settings;
  const child = fork(WORKER, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [...process.execArgv, ...SMALL_HEAP],
    env: {
      ...process.env,
      // The allocator of Linux keeps a pool a thread, and gives little back.
      MALLOC_ARENA_MAX: '2',
      NODE_COMPILE_CACHE: getCompileCacheDir() ?? join(settings.bench.workDir, 'modules'),
    },
    serialization: 'advanced',
  });
  const ready = Promise.withResolvers<void>();
  const played = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  // Whoever waits is told; a run that fails for another reason waits no more.
  ready.promise.catch(() => {});
  let state: 'opening' | 'open' | 'over' = 'opening';
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-2000);
  });
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(
    () => undefined,
    () => undefined,
  );
  const over = (): void => {
    state = 'over';
    played.resolve();
    ended.resolve();
  };
  const lose = (
    why: string,
    code = 'POSTE_ARRETE',
    remedy = 'Relancez ; avec --jobs 1 s’il manque de mémoire.',
  ): void => {
    const was = state;
    if (was === 'over') return;
    // What is lost is said before anybody concludes that all is played.
    if (was === 'open') listener.lost(worker, why);
    over();
    ready.reject(new JobError(code, `Le poste ${worker} n’a pas pu se préparer : ${why}`, remedy));
  };
  child.on('message', (message: FromWorker) => {
    switch (message.kind) {
      case 'ready':
        state = 'open';
        listener.ready(worker, message.exchanges);
        ready.resolve();
        break;
      case 'recorded':
        listener.recorded(worker, message.result, message);
        break;
      case 'output':
        listener.output(message.text);
        break;
      case 'played':
        played.resolve();
        break;
      case 'amended':
        listener.amended(message.result);
        break;
      case 'ended':
        listener.ended(worker, message.unexpected);
        over();
        break;
      case 'failed':
        lose(message.message, message.code, message.remedy);
        child.kill('SIGKILL');
        break;
    }
  });
  child.once('error', (error) => lose(error.message));
  void gone.then(() => lose(`son processus s’est arrêté. ${errors.trim().split('\n').at(-1) ?? ''}`.trim()));
  const send = (message: ToWorker): void => {
    if (child.connected) child.send(message, () => {});
  };
  send({ kind: 'open', settings });
  return {
    ready: ready.promise,
    played: played.promise,
    ended: ended.promise,
    send,
    async close() {
      state = 'over';
      if (child.connected) child.disconnect();
      else if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      if (child.pid !== undefined) await gone;
    },
  };
}
