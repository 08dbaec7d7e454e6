import type { HistoryLine, Tracker } from '../../store/index.ts';

/** How often the store is looked at while somebody listens: other processes write it too. */
const LOOK_MS = 500;
const BATCH = 500;

/** Lines of the audit, as they come. */
export interface ChangeFeed {
  /**
   * Every line after one, in order.
   *
   * @param after number of the last line that was seen
   * @param stop ends it
   */
  follow(after: number, stop: AbortSignal): AsyncGenerator<readonly HistoryLine[]>;
  /** Something was just written here: nobody waits for the next look. */
  nudge(): void;
  close(): void;
}

export function createFeed(tracker: Pick<Tracker, 'changesAfter'>, lookMs = LOOK_MS): ChangeFeed {
  const closing = new AbortController();
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const one of woken) one();
  };
  const look = (stop: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, lookMs);
      stop.addEventListener('abort', done, { once: true });
      waiting.push(done);
    });
  return {
    async *follow(after, stop) {
      const ended = AbortSignal.any([stop, closing.signal]);
      let seen = after;
      while (!ended.aborted) {
        const lines = await tracker.changesAfter(seen, BATCH);
        if (ended.aborted) return;
        const last = lines.at(-1);
        if (last === undefined) {
          await look(ended);
          continue;
        }
        seen = last.id;
        yield lines;
      }
    },
    nudge: wake,
    close() {
      closing.abort();
      wake();
    },
  };
}
