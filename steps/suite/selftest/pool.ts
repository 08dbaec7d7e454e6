import { fork, type ChildProcess } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SelftestError } from './errors.ts';
import type { FromWorker, PlayOrder, ToWorker, WorkerSettings } from './protocol.ts';
import type { Pass } from './types.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** No pass comes near it: what lasts longer hangs. */
const PASS_LIMIT_MS = 10 * 60_000;

export interface PoolOptions {
  /** How many passes are played at the same time, each by a process with a bench and a product of its own. */
  readonly jobs: number;
  /** Folder of the workers; each keeps its test PKI there from one selftest to the next. */
  readonly dataDir: string;
  readonly exchangeTimeoutMs: number;
  /** Aborted when the user asks to stop: passes that are not over are dropped. */
  readonly stop: AbortSignal;
}

/** A few processes that play passes; opened once, since each loads the features and makes a test PKI. */
export interface Pool {
  /**
   * Plays all the orders, each as soon as a process is free.
   *
   * @param onPlayed called at the end of each pass
   * @returns passes by order id; those that a stop left out are absent
   * @throws {SelftestError} when a worker fails or dies: nothing is proved then
   */
  playAll(
    orders: readonly PlayOrder[],
    onPlayed: (order: PlayOrder, pass: Pass) => void,
  ): Promise<ReadonlyMap<number, Pass>>;
  /** Ends the processes and the products that they started. */
  close(): Promise<void>;
}

export function openPool(options: PoolOptions): Pool {
  const { stop } = options;
  const workers = stop.aborted
    ? []
    : Array.from({ length: options.jobs }, (_, index) =>
        startWorker({
          dataDir: join(options.dataDir, `poste-${index + 1}`),
          exchangeTimeoutMs: options.exchangeTimeoutMs,
        }),
      );
  const closeAll = (): void => workers.forEach((worker) => worker.close());
  stop.addEventListener('abort', closeAll, { once: true });
  return {
    async playAll(orders, onPlayed) {
      const passes = new Map<number, Pass>();
      const queue = [...orders];
      const work = async (worker: Worker): Promise<void> => {
        for (let order = queue.shift(); order !== undefined && !stop.aborted; order = queue.shift()) {
          const pass = await worker.play(order);
          passes.set(order.id, pass);
          onPlayed(order, pass);
        }
      };
      try {
        await Promise.all(workers.map(work));
      } catch (error) {
        // A worker that was told to end did not fail.
        if (!stop.aborted) throw error;
      }
      return passes;
    },
    async close() {
      stop.removeEventListener('abort', closeAll);
      closeAll();
      await Promise.all(workers.map(({ ended }) => ended));
    },
  };
}

interface Worker {
  play(order: PlayOrder): Promise<Pass>;
  close(): void;
  readonly ended: Promise<void>;
}

function startWorker(settings: WorkerSettings): Worker {
  const child: ChildProcess = fork(WORKER, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Each pass starts the product anew: half of that is compiling its modules, unless they are kept compiled.
    env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() ?? join(settings.dataDir, 'modules') },
    serialization: 'advanced',
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const send = (message: ToWorker): void => {
    if (child.connected) child.send(message);
  };
  send({ kind: 'open', settings });
  return {
    ended,
    play: (order) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          child.off('message', heard);
          child.off('exit', died);
          act();
        };
        const heard = (message: FromWorker): void => {
          if (message.kind === 'played' && message.id === order.id) settle(() => resolve(message.pass));
          else if (message.kind === 'failed')
            settle(() => reject(new SelftestError(message.code, message.message, message.remedy)));
        };
        const died = (): void =>
          settle(() =>
            reject(
              new SelftestError(
                'AUTOTEST_POSTE',
                `Un poste de l'autotest s'est arrêté${doing(order)}. ${errors.trim().split('\n').at(-1) ?? ''}`.trim(),
                'Relancez ; avec --jobs 1 s’il manque de mémoire.',
              ),
            ),
          );
        const timer = setTimeout(() => {
          settle(() =>
            reject(
              new SelftestError(
                'AUTOTEST_DELAI',
                `Une exécution de l'autotest n'a pas fini en ${PASS_LIMIT_MS / 60_000} minutes${doing(order)}.`,
                'Rejouez cette faute seule : npm run jalon -- run --fault NOM.',
              ),
            ),
          );
          child.kill('SIGKILL');
        }, PASS_LIMIT_MS);
        child.on('message', heard);
        child.once('exit', died);
        if (child.exitCode !== null || child.signalCode !== null) died();
        else send({ kind: 'play', order });
      }),
    close: () => {
      if (child.connected) child.disconnect();
      else child.kill('SIGKILL');
    },
  };
}

function doing({ faults }: PlayOrder): string {
  return faults.length === 0 ? ' sans faute' : ` avec ${faults.join(', ')}`;
}
