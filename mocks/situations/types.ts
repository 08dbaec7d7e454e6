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
  /**
   * @throws {UnknownSituation} when no mock has announced this name for the service
   * @throws {BadSituation} when its parameters, or whom it is about, cannot be played
   */
  set(situation: Situation): void;
  /**
   * Takes the situation that applies now, counting one play down; undefined means the plain answer.
   * @param about the subject, or several of them, the one that counts most first
   * @param among when given, only situations of these names are looked at; the others stay untouched, so that a step
   *   of a dialogue (a RCPT, a token request) never uses up what was meant for another step
   */
  take(
    service: Service,
    about: string | readonly string[] | undefined,
    among?: readonly string[],
  ): Situation | undefined;
  /**
   * A mock announces, at start, the names it can play.
   * @param check says in French what is wrong with the parameters of a situation; undefined when they can be played
   */
  announce(service: Service, names: readonly string[], check?: (situation: Situation) => string | undefined): void;
  known(service: Service): readonly string[];
  /** What is still to be played, `times` being what is left. */
  list(): readonly Situation[];
  /**
   * Takes away what is set, lasting or counted.
   * @param which absent parts match anything; `about: null` matches what is about everybody only
   * @returns how many were taken away
   */
  remove(which: { readonly service?: Service; readonly about?: string | null; readonly situation?: string }): number;
  reset(): void;
}
