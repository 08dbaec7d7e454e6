import { Worker } from 'node:worker_threads';
import { openFolder } from './folder.ts';
import { missingFrom } from './layout.ts';
import type { PackAnswer } from './types.ts';

const TIME_LIMIT_MS = 60_000;
/** A busy machine is slow to start a thread: that is not the time of a document. */
const START_LIMIT_MS = 60_000;
const MEMORY_MB = 1024;
/** Larger, what documents leave behind is collected later, and no faster. */
const YOUNG_MB = 8;

type WorkerMessage = { readonly ready: true } | { readonly id: number; readonly answer: PackAnswer };

/** A pack that judges documents in a thread of its own. */
export interface Pack {
  /** Never throws: what kept a document from being judged is an answer. Documents are judged one after the other. */
  readonly judge: (bytes: Uint8Array) => Promise<PackAnswer>;
  readonly close: () => Promise<void>;
}

export type PackOpening =
  | { readonly ok: true; readonly pack: Pack }
  | { readonly ok: false; readonly missing: readonly string[] };

export interface PackOptions {
  /** For one document, and for the first one the reading of the pack; the thread has a time of its own to start. */
  readonly timeLimitMs?: number;
  /** Of the thread, in megabytes. */
  readonly memoryMb?: number;
}

/**
 * Opens the folder of an official pack: a clone, an archive once unzipped, or the folder that holds it as `pack`.
 *
 * @returns what the folder lacks when it is no pack
 * @throws when the folder cannot be read
 */
export function openPack(directory: string, options: PackOptions = {}): PackOpening {
  const missing = missingFrom(openFolder(directory));
  if (missing.length > 0) return { ok: false, missing };
  return { ok: true, pack: new ThreadedPack(directory, options) };
}

class ThreadedPack implements Pack {
  readonly #directory: string;
  readonly #limit: number;
  readonly #memory: number;
  #worker: Worker | undefined;
  #isReady = false;
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(directory: string, { timeLimitMs = TIME_LIMIT_MS, memoryMb = MEMORY_MB }: PackOptions) {
    this.#directory = directory;
    this.#limit = timeLimitMs;
    this.#memory = memoryMb;
  }

  judge(bytes: Uint8Array): Promise<PackAnswer> {
    const answer = this.#last.then(() => this.#ask(bytes));
    this.#last = answer;
    return answer;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #ask(bytes: Uint8Array): Promise<PackAnswer> {
    const worker = (this.#worker ??= this.#start());
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve } = Promise.withResolvers<PackAnswer>();
    const limited = (milliseconds: number): NodeJS.Timeout =>
      setTimeout(
        () => resolve({ ok: false, code: 'PACK_TIME', message: `plus de ${milliseconds / 1000} s` }),
        milliseconds,
      );
    let timer = limited(this.#isReady ? this.#limit : START_LIMIT_MS);
    const onMessage = (message: WorkerMessage): void => {
      if ('ready' in message) {
        this.#isReady = true;
        clearTimeout(timer);
        timer = limited(this.#limit);
      } else if (message.id === id) resolve(message.answer);
    };
    const onError = (error: unknown): void => resolve({ ok: false, code: 'PACK_CRASH', message: this.#crashOf(error) });
    const onExit = (): void => onError(new Error('le fil d’exécution s’est arrêté'));
    worker.on('message', onMessage).once('error', onError).once('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage({ id, bytes });
    const answer = await promise;
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    // A thread that failed, or still runs, is not asked again.
    if (!answer.ok && answer.code !== 'PACK_XML') await this.#stop();
    return answer;
  }

  #crashOf(error: unknown): string {
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return `il y faudrait plus de mémoire que n’en donne le banc (${this.#memory} Mio)`;
    return error instanceof Error ? error.message : String(error);
  }

  #start(): Worker {
    this.#isReady = false;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { directory: this.#directory },
      resourceLimits: { maxOldGenerationSizeMb: this.#memory, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.unref();
    // Between two documents nobody listens: an error that nobody hears would end the process.
    worker
      .on('error', () => undefined)
      .once('exit', () => {
        if (this.#worker === worker) this.#worker = undefined;
      });
    return worker;
  }
}
