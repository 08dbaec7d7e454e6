import type { ExpectedFault, FaultOutcome, Pass, PlayedScenario } from './types.ts';

/** Something is wrong, with the product or with what judges it; a scenario that a person must look at is not. */
export function isRed({ verdict }: Pick<PlayedScenario, 'verdict'>): boolean {
  return verdict === 'non-conforme' || verdict === 'non-verifiable';
}

/**
 * What a pass with a fault shows, against the pass without: only what the fault changed counts.
 *
 * @param baseline the same scenarios without fault; red ones are not laid to the fault
 */
export function judgeFault(fault: ExpectedFault, pass: Pass, baseline: Pass): FaultOutcome {
  const before = new Map(baseline.scenarios.map((scenario) => [scenario.id, scenario]));
  const alreadyRed = new Set(baseline.scenarios.filter(isRed).map(({ id }) => id));
  const red = pass.scenarios.filter((scenario) => isRed(scenario) && !alreadyRed.has(scenario.id));
  const redIds = new Set(red.map(({ id }) => id));
  const expected = new Set(fault.expected);
  const caughtBy = fault.expected.filter((id) => redIds.has(id));
  const missing = fault.expected.filter((id) => !redIds.has(id));
  // A fault of the product is never called a fault of the bench or of its configuration.
  const misjudged = red.filter(({ cause }) => cause !== undefined && cause !== 'produit').map(({ id }) => id);
  const seen = new Set(
    pass.scenarios.flatMap(({ id, rules }) => rules.filter((rule) => before.get(id)?.rules.includes(rule) !== true)),
  );
  return {
    ...fault,
    caughtBy,
    missing,
    collateral: [...redIds].filter((id) => !expected.has(id)),
    misjudged,
    caught: caughtBy.length > 0 && missing.length === 0 && misjudged.length === 0,
    rulesSeen: [...seen].toSorted(),
    rulesMissing: fault.rules.filter((rule) => !seen.has(rule)),
    played: pass.scenarios.length,
    reasons: Object.fromEntries(red.map(({ id, reason }) => [id, reason])),
    durationMs: pass.durationMs,
  };
}
