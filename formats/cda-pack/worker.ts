import { parentPort, workerData } from 'node:worker_threads';
import { openFolder } from './folder.ts';
import { openJudge } from './judge.ts';
import type { PackAnswer } from './types.ts';

/** Judges the documents that are posted, one at a time; stopped from outside when one takes too long. */
const { directory } = workerData as { readonly directory: string };
const judge = openJudge(openFolder(directory));

parentPort?.on('message', ({ id, bytes }: { readonly id: number; readonly bytes: Uint8Array }) => {
  let answer: PackAnswer;
  try {
    answer = judge.judge(bytes);
  } catch (error) {
    answer = { ok: false, code: 'PACK_CRASH', message: error instanceof Error ? error.message : String(error) };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage({ id, answer });
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage({ ready: true });
