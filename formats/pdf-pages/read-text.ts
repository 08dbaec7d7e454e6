import { Worker } from 'node:worker_threads';
import type { PagesFault, TextAnswer, TextTask } from './types.ts';

const TIMEOUT_MS = 30_000;
const MAX_MEMORY = 384 * 1024 * 1024;
const MAX_PAGES = 2_000;

/** Text layer of a PDF, page by page; pages that only show images have none. */
export type PdfText =
  | { readonly ok: true; readonly pages: readonly string[]; readonly pageCount: number }
  | { readonly ok: false; readonly code: PagesFault['code'] };

/** One thread serves all files, one after the other: loading the library costs more than reading most of them. */
let worker: Worker | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Reads the text layer of a PDF, without drawing it, in a thread that is stopped when a file holds it up; nothing is fetched. The thread does not
 * keep the process alive.
 *
 * @returns a code when nothing can be said of the text; never throws
 */
export function readPdfText(
  bytes: Uint8Array,
  { timeoutMs = TIMEOUT_MS, maxPages = MAX_PAGES } = {},
): Promise<PdfText> {
  const turn = queue.then(() => ask({ bytes, maxPages }, timeoutMs));
  queue = turn;
  return turn;
}

function ask(task: TextTask, timeoutMs: number): Promise<PdfText> {
  worker ??= open();
  const asked = worker;
  return new Promise((resolve) => {
    const finish = (answer: PdfText): void => {
      clearTimeout(timer);
      asked.off('message', answered);
      asked.off('error', crashed);
      asked.off('exit', crashed);
      asked.unref();
      resolve(answer);
    };
    const drop = (code: PagesFault['code']): void => {
      if (worker === asked) worker = undefined;
      asked.terminate().catch(() => undefined);
      finish({ ok: false, code });
    };
    const answered = (answer: TextAnswer): void => finish(answer);
    const crashed = (): void => drop('PAGES_CRASHED');
    const timer = setTimeout(() => drop('PAGES_TIMEOUT'), timeoutMs);
    asked.on('message', answered);
    asked.on('error', crashed);
    asked.on('exit', crashed);
    asked.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    asked.postMessage(task);
  });
}

function open(): Worker {
  const opened = new Worker(new URL('text-thread.ts', import.meta.url), {
    workerData: { maxMemory: MAX_MEMORY },
    // What the library says of a damaged file is for nobody.
    stdout: true,
    stderr: true,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  opened.unref();
  return opened;
}
