import { parentPort, workerData } from 'node:worker_threads';
import { boundWasmMemory } from './bounded-memory.ts';
import { faultOf } from './fault.ts';
import type { DrawnPages, PagesFault, PagesTask } from './types.ts';

/** Runs in a thread of its own, see `read-pages.ts`: one task, one answer. */
const { bytes, maxMemory, maxPages } = workerData as PagesTask;
const refusals = boundWasmMemory(maxMemory);
// Loaded once the memory is bounded.
const { drawPages } = await import('./draw.ts');
const answer: DrawnPages | PagesFault['code'] = await drawPages(bytes, maxPages, refusals).catch(faultOf);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, not a window
parentPort?.postMessage(answer);
