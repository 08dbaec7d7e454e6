import type { Finding } from '#dsr/verdict/index.ts';
import type { Capture, Collector } from '#evidence/index.ts';
import type { Exchange } from '#formats/exchange/index.ts';
import { JournalTimeout, type Journal, type JournalQuery } from '#mocks/journal/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { captureHttp } from './captures.ts';

/** Kind of exchange that must not arrive any more; `about` is what the scenario alone owns: its patient. */
export type WatchQuery = Pick<JournalQuery, 'service' | 'operation'> & {
  readonly about: string;
  readonly since: string;
};

/** A promise of a scenario that only the end of the run can keep. */
export interface Watch {
  readonly query: WatchQuery;
  /** French sentence: what the product did wrong when such an exchange arrives. */
  readonly why: string;
  readonly isWrong: (exchange: Exchange) => boolean;
  /** The breach of a rule that a wrong exchange is. */
  readonly findings: (exchange: Exchange) => readonly Finding[];
  /** When it was set, in milliseconds since 1970. */
  readonly at: number;
}

/** A scenario that was judged well, as long as nothing arrives. */
export interface Watched {
  readonly result: ScenarioResult;
  readonly captures: readonly Capture[];
  readonly watches: readonly Watch[];
}

/** Promises of all the scenarios of a run. */
export class Watches {
  readonly #held: Watched[] = [];

  hold(watched: Watched): void {
    if (watched.watches.length > 0) this.#held.push(watched);
  }

  /**
   * Lets the last watches run until each has lasted `atLeastMs`: otherwise what a scenario is worth would depend on how
   * many come after it. Ends at once when nothing was watched lately.
   */
  async last(journal: Journal, atLeastMs: number): Promise<void> {
    await Promise.all(
      this.#held.flatMap(({ watches }) => watches).map((watch) => untilWrong(watch, journal, watch.at + atLeastMs)),
    );
  }

  /**
   * What became of the scenarios whose watch was broken, in the place of what was first said of them. Their pieces leave
   * the slots and are set aside, with what arrived.
   */
  async broken(journal: Journal, collector: Collector): Promise<readonly ScenarioResult[]> {
    const results: ScenarioResult[] = [];
    for (const { result, captures, watches } of this.#held) {
      const wrong = watches.flatMap((watch) => wrongOf(watch, journal).map((exchange) => ({ watch, exchange })));
      if (wrong.length === 0) continue;
      await collector.withdraw(result.pieces);
      const late = wrong.flatMap(({ exchange }) =>
        exchange.protocol === 'http' ? captureHttp(exchange, 'arrive-ensuite', 'Ce qui est arrivé ensuite') : [],
      );
      const exhibits = await collector.setAside([...captures, ...late], result.id);
      const findings = wrong.flatMap(({ watch, exchange }) => watch.findings(exchange));
      const { exhibits: _none, ...judged } = result;
      results.push({
        ...judged,
        verdict: 'non-conforme',
        reason: watches.flatMap((watch) => sentence(watch, wrongOf(watch, journal))).join('\n'),
        findings: [...result.findings, ...findings],
        pieces: [],
        rulesHeld: (result.rulesHeld ?? []).filter(({ id }) => findings.every(({ rule }) => rule !== id)),
        ...(exhibits.length > 0 ? { exhibits } : {}),
      });
    }
    return results;
  }
}

function wrongOf({ query, isWrong }: Watch, journal: Journal): readonly Exchange[] {
  return journal.list(query).filter((exchange) => isWrong(exchange));
}

/** Resolves when something wrong arrives, or at the deadline. */
async function untilWrong({ query, isWrong }: Watch, journal: Journal, deadline: number): Promise<void> {
  for (let next: JournalQuery = query; Date.now() < deadline;) {
    const exchange = await journal.waitFor(next, deadline - Date.now()).catch(ignoreTimeout);
    if (exchange === undefined || isWrong(exchange)) return;
    next = { ...next, since: exchange.id };
  }
}

function ignoreTimeout(error: unknown): undefined {
  if (!(error instanceof JournalTimeout)) throw error;
}

function sentence({ why, at }: Watch, wrong: readonly Exchange[]): readonly string[] {
  const [first] = wrong;
  if (first === undefined) return [];
  const seconds = Math.max(0, Date.parse(first.startedAt) - at) / 1000;
  const after = seconds.toLocaleString('fr-FR', { maximumFractionDigits: 1 });
  const others = wrong.length > 1 ? `, puis ${wrong.length - 1} autre(s)` : '';
  return [
    `${why} Le banc l'a vu après l'étape qui le vérifiait : ${first.operation} (${first.service}), ${after} s plus tard${others}.`,
  ];
}
