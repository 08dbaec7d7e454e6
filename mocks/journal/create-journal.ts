import type { Exchange } from '#formats/exchange/index.ts';
import { JournalTimeout } from './errors.ts';
import { createFolder } from './folder.ts';
import { matches } from './matches.ts';
import type { Journal, JournalQuery } from './types.ts';

interface Waiter {
  readonly query: JournalQuery;
  readonly resolve: (exchange: Exchange) => void;
}

/**
 * Makes the journal of a run.
 *
 * With `folder`, `record` returns once the exchange is on disk (raw bodies first, then its JSON line, renamed into
 * place), so that a killed bench loses nothing that crossed the wire; large bodies then leave the memory and are read
 * back when asked. Without folder everything stays in memory.
 *
 * @param options `folder` is made when absent; `keepInMemory` is the size in bytes above which a body stays on disk
 *   only, `memoryBudget` the bytes of bodies in memory above which all do
 * @throws {BenchError} `JOURNAL_UNWRITABLE` when the folder cannot be written
 */
export function createJournal(
  options: { readonly folder?: string; readonly keepInMemory?: number; readonly memoryBudget?: number } = {},
): Journal {
  const folder =
    options.folder === undefined ? undefined : createFolder(options.folder, options.keepInMemory, options.memoryBudget);
  let exchanges: Exchange[] = [];
  let positions = new Map<string, number>();
  const waiters = new Set<Waiter>();

  /** Index of the first exchange after `since`; an unknown mark was cleared away, so all that is here came after it. */
  function start(since: string | undefined): number {
    return since === undefined ? 0 : (positions.get(since) ?? -1) + 1;
  }

  function find(query: JournalQuery): Exchange | undefined {
    for (let index = start(query.since); index < exchanges.length; index += 1) {
      const exchange = exchanges[index];
      if (exchange !== undefined && matches(exchange, query)) return exchange;
    }
    return undefined;
  }

  return {
    ...(folder && { spool: () => folder.spool() }),
    record(exchange, requestBody) {
      const kept = folder === undefined ? exchange : folder.write(exchange, requestBody);
      positions.set(kept.id, exchanges.length);
      exchanges.push(kept);
      for (const waiter of waiters) {
        if (!matches(kept, waiter.query)) continue;
        waiters.delete(waiter);
        waiter.resolve(kept);
      }
    },
    list(query = {}) {
      return exchanges.slice(start(query.since)).filter((exchange) => matches(exchange, query));
    },
    mark: () => exchanges.at(-1)?.id ?? '',
    waitFor(query, timeoutMs) {
      const found = find(query);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const before = exchanges.length;
        const waiter: Waiter = {
          query,
          resolve: (exchange) => {
            clearTimeout(timer);
            resolve(exchange);
          },
        };
        const timer = setTimeout(() => {
          waiters.delete(waiter);
          // Without a mark, what came during the wait; with one, all that came since: the product may have been early.
          const from = query.since === undefined ? Math.min(before, exchanges.length) : start(query.since);
          reject(new JournalTimeout(query, timeoutMs, exchanges.slice(from)));
        }, timeoutMs);
        waiters.add(waiter);
      });
    },
    clear() {
      exchanges = [];
      positions = new Map();
    },
  };
}
