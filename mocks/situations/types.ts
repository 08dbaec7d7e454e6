import type { Service } from '#formats/exchange/index.ts';

/**
 * What a mock must do instead of its plain answer, for one patient (or mailbox, or professional) or for everybody.
 * `situation` names come from each mock's catalogue (`insi_102`, `code-02`, `latence`, `coupure`, `http-503`…).
 */
export interface Situation {
  readonly service: Service;
  /** Patient key, mailbox address or professional id; absent means everybody. */
  readonly about?: string;
  readonly situation: string;
  /** How many times it plays before the plain answer comes back; absent means until reset. */
  readonly times?: number;
  /** Free settings of the situation, e.g. `{ "delayMs": 3000 }`. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}

export interface Situations {
  /** @throws {UnknownSituation} when no mock has announced this name for the service */
  set(situation: Situation): void;
  /**
   * Takes the situation that applies now, counting one play down; undefined means the plain answer.
   * @param among when given, only situations of these names are looked at; the others stay untouched, so that a step
   *   of a dialogue (a RCPT, a token request) never uses up what was meant for another step
   */
  take(service: Service, about: string | undefined, among?: readonly string[]): Situation | undefined;
  /** A mock announces, at start, the names it can play. */
  announce(service: Service, names: readonly string[]): void;
  known(service: Service): readonly string[];
  reset(): void;
}
