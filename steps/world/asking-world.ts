import type {
  GestureInput,
  GestureName,
  GestureOutput,
  GestureResult,
  OneMethodPerGesture,
} from '#sut/driver/index.ts';
import { nonConform, toDeclare, unverifiable } from './failures.ts';
import { JudgingWorld } from './judging-world.ts';

/** Codes of a gesture that failed because the product could not be reached: configuration, not conformity. */
const UNREACHABLE = new Set(['SUT_UNREACHABLE', 'SUT_TIMEOUT']);

/** What became of a gesture that the product may refuse. */
export type Attempted<G extends GestureName> = Extract<GestureResult<G>, { outcome: 'done' | 'refused' }>;

/** How a scenario asks something of the product, and what it makes of each outcome. */
export class AskingWorld extends JudgingWorld {
  /**
   * Asks the product, where it may refuse: a lock, a missing field, a blocked call. A gesture that cannot be done ends the
   * scenario as non verifiable, with its reason.
   */
  async attempt<G extends GestureName>(gesture: G, input: GestureInput<G>): Promise<Attempted<G>> {
    const gestures: OneMethodPerGesture = this.bench.sut;
    return this.#outcome(gesture, await gestures[gesture](input));
  }

  #outcome<G extends GestureName>(gesture: G, result: GestureResult<G>): Attempted<G> {
    switch (result.outcome) {
      case 'done':
      case 'refused':
        return result;
      case 'unsupported':
        throw unverifiable('produit', `Le geste ${gesture} n'est pas possible avec ce pilotage : ${result.reason}`);
      case 'failed': {
        if (UNREACHABLE.has(result.code)) throw unverifiable('configuration', `${result.reason} ${result.remedy}`);
        const told = `Le produit n'a pas accompli le geste ${gesture} (${result.code}) : ${result.reason} ${result.remedy}`;
        const refused = this.refused();
        throw refused
          ? unverifiable('configuration', `Sa connexion n'ayant pas abouti, ${lowerFirst(told)}\n${refused}`)
          : unverifiable('produit', told);
      }
    }
  }

  /** Asks the product, which has no reason to refuse: a refusal is a product that does less than it must. */
  async perform<G extends GestureName>(gesture: G, input: GestureInput<G>): Promise<GestureOutput<G>> {
    return this.#done(gesture, await this.attempt(gesture, input));
  }

  #done<G extends GestureName>(gesture: G, asked: Attempted<G>): GestureOutput<G> {
    if (asked.outcome === 'done') return asked.output;
    throw nonConform(`Le produit a refusé le geste ${gesture}, et l'a dit ainsi : « ${asked.message} »`);
  }

  /**
   * Asks the product while a service fails it on purpose: it may say that it could not do it, or refuse.
   *
   * @returns undefined when it said so
   */
  async performIfAble<G extends GestureName>(
    gesture: G,
    input: GestureInput<G>,
  ): Promise<GestureOutput<G> | undefined> {
    const gestures: OneMethodPerGesture = this.bench.sut;
    const result: GestureResult<G> = await gestures[gesture](input);
    if (result.outcome === 'failed' && !UNREACHABLE.has(result.code)) return undefined;
    const asked = this.#outcome(gesture, result);
    return asked.outcome === 'done' ? asked.output : undefined;
  }

  /**
   * Asks for what the REM asks only of the products that propose it. One that says it does not ends the scenario as to be
   * reviewed, never green: the vendor declares it.
   *
   * @param what French noun phrase: what the product may not propose
   */
  async performIfProposed<G extends GestureName>(
    gesture: G,
    input: GestureInput<G>,
    what: string,
  ): Promise<GestureOutput<G>> {
    const gestures: OneMethodPerGesture = this.bench.sut;
    const result: GestureResult<G> = await gestures[gesture](input);
    if (result.outcome === 'unsupported') {
      const where = this.slots.length === 0 ? this.requirements.join(', ') : this.slots.join(', ');
      throw toDeclare(
        `Le produit ne propose pas ${what} (${result.reason}). L’exigence ne vaut que s’il le propose : déposez la déclaration qu’il ne le propose pas, pour ${where}. S’il le propose, donnez au pilotage le geste ${gesture}.`,
      );
    }
    return this.#done(gesture, this.#outcome(gesture, result));
  }
}

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
