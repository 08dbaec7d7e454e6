import { Worker } from 'node:worker_threads';
import type { PagesFault, PagesLimits, PagesReading, PagesTask } from './types.ts';

const TIMEOUT_MS = 60_000;
const MAX_MEMORY = 384 * 1024 * 1024;
const MAX_PAGES = 50;

const MESSAGES: Readonly<Record<PagesFault['code'], string>> = {
  PAGES_TIMEOUT: 'Les pages ne se dessinent pas dans le temps que le banc se donne.',
  PAGES_PASSWORD: 'Le fichier demande un mot de passe : ses pages ne se dessinent pas.',
  PAGES_UNREADABLE: 'Les pages ne se dessinent pas : la structure du fichier est abîmée.',
  PAGES_CRASHED: 'Le dessin des pages s’est arrêté avant la fin (mémoire, ou fichier abîmé).',
};

/**
 * Draws the pages of a PDF and reads what they show: the text, and the Data Matrix symbols, whether they are images of the
 * file, inline images or drawn in vectors.
 *
 * The file is not trusted: it is drawn by PDFium compiled to WebAssembly, in a thread of its own, which is stopped at
 * `timeoutMs` and whose memory is bounded; nothing is fetched. Each call has its own thread.
 *
 * @param limits 60 s, 384 MiB for each library and 50 pages unless told otherwise
 * @returns a fault when nothing can be said of the pages; never throws
 */
export function readPdfPages(bytes: Uint8Array, limits: PagesLimits = {}): Promise<PagesReading> {
  const { timeoutMs = TIMEOUT_MS, maxMemory = MAX_MEMORY, maxPages = MAX_PAGES } = limits;
  const workerData: PagesTask = { bytes, maxMemory, maxPages };
  const worker = new Worker(new URL('thread.ts', import.meta.url), {
    workerData,
    // What the libraries say of a damaged file is for nobody.
    stdout: true,
    stderr: true,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return new Promise((resolve) => {
    const finish = (reading: PagesReading): void => {
      clearTimeout(timer);
      // Its answer is here, or will never be: how it ends tells nothing more.
      worker.terminate().catch(() => undefined);
      resolve(reading);
    };
    const fail = (code: PagesFault['code']): void => finish({ ok: false, fault: { code, message: MESSAGES[code] } });
    const timer = setTimeout(() => fail('PAGES_TIMEOUT'), timeoutMs);
    worker.once('message', (answer: Exclude<PagesReading, { ok: false }> | PagesFault['code']) =>
      typeof answer === 'string' ? fail(answer) : finish(answer),
    );
    worker.once('error', () => fail('PAGES_CRASHED'));
    worker.once('exit', () => fail('PAGES_CRASHED'));
  });
}
