import { setTimeout } from 'node:timers/promises';
import { World, type IWorldOptions } from '@cucumber/cucumber';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import { JournalTimeout, type JournalQuery } from '#mocks/journal/index.ts';
import { suiteBench, type SuiteBench } from './bench.ts';
import { nonConform, unverifiable } from './failures.ts';
import { refusedConnection } from './handshakes.ts';

const READ_AGAIN_MS = 100;

/** What a scenario sees of the exchanges of the bench, and waits for. */
export class WatchingWorld extends World {
  readonly bench: SuiteBench;
  /** Journal position at the start of the scenario. */
  readonly mark: string;

  constructor(options: IWorldOptions) {
    super(options);
    this.bench = suiteBench();
    this.mark = this.bench.mocks.journal.mark();
  }

  /**
   * What the product shows once it had time to deal with something: read again until it is as expected, or until the wait
   * of an exchange has passed.
   *
   * @returns the last reading, as expected or not
   */
  async eventually<T>(read: () => Promise<T>, expected: (value: T) => boolean): Promise<T> {
    const deadline = performance.now() + this.bench.exchangeTimeoutMs;
    let value = await read();
    while (!expected(value) && performance.now() < deadline) {
      await setTimeout(READ_AGAIN_MS);
      value = await read();
    }
    return value;
  }

  /** A connection of the product that a mock refused in this scenario and that nothing mended since. */
  protected refused(service?: JournalQuery['service']): string | undefined {
    const refused = refusedConnection(this.bench.mocks.journal.list({ since: this.mark }), service);
    if (refused !== undefined) this.sawRefused(refused);
    return refused?.outcome;
  }

  /** Told of a refused connection that ends a step. */
  protected sawRefused(_refused: Exchange): void {
    return undefined;
  }

  /**
   * The exchange that the product owed us since the start of the scenario.
   *
   * @param query what to look for; `about` is a patient key, an INS, a mailbox…
   * @param action French infinitive: what the product was expected to do, e.g. « appeler INSi »
   * @param judgeAbsence judges what its absence breaks, before the scenario ends: nothing is judged of a product whose
   *   connection was refused
   */
  async exchange(query: JournalQuery, action: string, judgeAbsence: () => void = () => undefined): Promise<Exchange> {
    const { journal } = this.bench.mocks;
    try {
      return await journal.waitFor({ since: this.mark, ...query }, this.bench.exchangeTimeoutMs);
    } catch (error) {
      if (!(error instanceof JournalTimeout)) throw error;
      const refused = this.refused(query.service);
      if (refused) {
        throw unverifiable(
          'configuration',
          `Le produit devait ${action}, mais sa connexion n'a pas abouti : ${refused}`,
        );
      }
      judgeAbsence();
      throw nonConform(
        `Le produit devait ${action} : aucun échange de ce genre n'est arrivé au banc. ${error.instead}`,
      );
    }
  }

  async httpExchange(query: JournalQuery, action: string, judgeAbsence?: () => void): Promise<HttpExchange> {
    const exchange = await this.exchange(query, action, judgeAbsence);
    if (exchange.protocol !== 'http') throw new Error(`échange ${exchange.id} inattendu : ${exchange.protocol}`);
    return exchange;
  }

  /** Exchanges of the scenario so far, without waiting. */
  seen(query: JournalQuery): readonly Exchange[] {
    return this.bench.mocks.journal.list({ since: this.mark, ...query });
  }

  /**
   * A plain statement about the product that the scenario requires. A product whose connection was refused could not do
   * better: the refusal is told instead, as the configuration that it is.
   */
  require(holds: boolean, message: string): asserts holds {
    if (holds) return;
    const refused = this.refused();
    throw refused
      ? unverifiable('configuration', `${message}\nSa connexion n'a pas abouti : ${refused}`)
      : nonConform(message);
  }
}
