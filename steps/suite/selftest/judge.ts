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
  const judged = new Set(red.filter(({ blocked }) => blocked !== true).map(({ id }) => id));
  const expected = new Set(fault.expected);
  // A fault of the product is never called a fault of the bench, nor of its configuration unless it is one.
  const rightly = new Set(['produit', ...(fault.configuration === true ? ['configuration'] : [])]);
  const misjudged = red.filter(({ cause }) => cause !== undefined && !rightly.has(cause)).map(({ id }) => id);
  const seen = new Set(
    pass.scenarios.flatMap(({ id, rules }) => rules.filter((rule) => before.get(id)?.rules.includes(rule) !== true)),
  );
  const rulesMissing = fault.rules.filter((rule) => !seen.has(rule));
  const warned = pass.scenarios.filter((scenario) => warnsOf(fault, scenario, before.get(scenario.id)));
  const onlyWarns = fault.rules.length > 0 && rulesMissing.length === 0 && judged.size === 0 && warned.length > 0;
  const shown = onlyWarns ? new Set(warned.map(({ id }) => id)) : judged;
  const caughtBy = fault.expected.filter((id) => shown.has(id));
  const missing = fault.expected.filter((id) => !shown.has(id));
  const caught = (onlyWarns || caughtBy.length > 0) && missing.length === 0 && misjudged.length === 0;
  return {
    ...fault,
    caughtBy,
    missing,
    collateral: [...judged].filter((id) => !expected.has(id)),
    blocked: red.filter(({ blocked }) => blocked === true).map(({ id }) => id),
    warned: warned.map(({ id }) => id),
    misjudged,
    caught,
    ...(caught ? { caughtAs: onlyWarns ? 'avertissement' : 'scenario' } : {}),
    rulesSeen: [...seen].toSorted(),
    rulesMissing,
    played: pass.scenarios.length,
    reasons: Object.fromEntries(red.map(({ id, reason }) => [id, reason])),
    durationMs: pass.durationMs,
  };
}

/** Whether a rule that the fault names warns here, never more, and said nothing without the fault. */
function warnsOf({ rules }: ExpectedFault, scenario: PlayedScenario, before: PlayedScenario | undefined): boolean {
  return rules.some((rule) => scenario.warned?.includes(rule) === true && before?.rules.includes(rule) !== true);
}
