import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import type { UnverifiableCause } from '#tracker/types.ts';

/**
 * Why a scenario ends before its last step. Only these carry a verdict: any other error is a fault of the bench and is
 * reported as such, never as the product's.
 */
export class ScenarioFailure extends Error {
  readonly verdict: Exclude<Verdict, 'conforme'>;
  readonly unverifiableCause?: UnverifiableCause;

  constructor(verdict: Exclude<Verdict, 'conforme'>, message: string, unverifiableCause?: UnverifiableCause) {
    super(message);
    this.name = 'ScenarioFailure';
    this.verdict = verdict;
    if (unverifiableCause) this.unverifiableCause = unverifiableCause;
  }
}

/** The product was seen to be wrong. */
export function nonConform(message: string): ScenarioFailure {
  return new ScenarioFailure('non-conforme', message);
}

/** What the REM asks only of the products that propose it, and that this one does not: a person must declare it. */
export function toDeclare(message: string): ScenarioFailure {
  return new ScenarioFailure('a-verifier', message);
}

/** The bench could not see: red too, but for another reason. */
export function unverifiable(cause: UnverifiableCause, message: string): ScenarioFailure {
  return new ScenarioFailure('non-verifiable', message, cause);
}

/**
 * What the bench could not read may hide a breach of any requirement: no scenario is green on it, none blames the product.
 *
 * @returns undefined when no limit of the bench kept anything from being judged
 */
export function limitFailure(findings: readonly Finding[]): ScenarioFailure | undefined {
  const beyond = findings.filter(({ benchLimit }) => benchLimit === true);
  if (beyond.length === 0) return undefined;
  const sentences = beyond.map(({ where, received, remedy }) => `${where} : ${received} ${remedy}`);
  return unverifiable('banc', sentences.join('\n'));
}
