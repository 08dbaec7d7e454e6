import { parentPort, workerData } from 'node:worker_threads';
import { boundWasmMemory } from './bounded-memory.ts';
import { faultOf } from './fault.ts';
import type { TextAnswer, TextTask } from './types.ts';

/** Runs in a thread that serves many files, see `read-text.ts`. */
const MAX_TEXT = 1_000_000;
const { maxMemory } = workerData as { readonly maxMemory: number };
boundWasmMemory(maxMemory);
// Loaded once the memory is bounded.
const loading = import('@hyzyla/pdfium').then(({ PDFiumLibrary }) => PDFiumLibrary.init());

async function read({ bytes, maxPages }: TextTask): Promise<TextAnswer> {
  try {
    const document = await (await loading).loadDocument(bytes);
    try {
      const pageCount = document.getPageCount();
      const pages = Array.from({ length: Math.min(pageCount, maxPages) }, (_, index) =>
        document.getPage(index).getText().slice(0, MAX_TEXT),
      );
      return { ok: true, pages, pageCount };
    } finally {
      document.destroy();
    }
  } catch (error) {
    return { ok: false, code: faultOf(error) };
  }
}

async function answer(task: TextTask): Promise<void> {
  const answered = await read(task);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, not a window
  parentPort?.postMessage(answered);
}

parentPort?.on('message', (task: TextTask) => void answer(task));
