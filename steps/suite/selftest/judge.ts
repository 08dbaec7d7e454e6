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
    pass.scenarios.flatMap((scenario) =>
      scenario.rules.filter((rule) => isNew(rule, scenario, before.get(scenario.id))),
    ),
  );
  const rulesMissing = fault.rules.filter((rule) => !seen.has(rule));
  const warned = warnings(fault, pass, before);
  const warns = new Set(Object.values(warned).flat());
  const caughtBy = fault.expected.filter((id) => judged.has(id));
  const missing = fault.expected.filter((id) => !judged.has(id));
  const warningsMissing = fault.warnings.filter((id) => !warns.has(id));
  const shown = caughtBy.length > 0 || warningsMissing.length < fault.warnings.length;
  const caught = shown && [missing, warningsMissing, misjudged].every((list) => list.length === 0);
  return {
    ...fault,
    caughtBy,
    missing,
    collateral: [...judged].filter((id) => !expected.has(id)),
    blocked: red.filter(({ blocked }) => blocked === true).map(({ id }) => id),
    warned,
    warningsMissing,
    misjudged,
    caught,
    ...(caught ? { caughtAs: caughtBy.length > 0 ? 'scenario' : 'avertissement' } : {}),
    rulesSeen: [...seen].toSorted(),
    rulesBroken: [...new Set(red.filter(({ id }) => judged.has(id)).flatMap(errorsOf))]
      .filter((rule) => seen.has(rule))
      .toSorted(),
    rulesMissing,
    played: pass.scenarios.length,
    reasons: Object.fromEntries(red.map(({ id, reason }) => [id, reason])),
    durationMs: pass.durationMs,
  };
}

/** Said of the scenario with the fault alone; an error is another thing than the remark that the same rule made before. */
function isNew(rule: string, scenario: PlayedScenario, before: PlayedScenario | undefined): boolean {
  if (before === undefined || !before.rules.includes(rule)) return true;
  return errorsOf(scenario).includes(rule) && !errorsOf(before).includes(rule);
}

function errorsOf({ rules, warned }: PlayedScenario): readonly string[] {
  return rules.filter((rule) => warned?.includes(rule) !== true);
}

/** Where each rule that the fault names warns, never more, and said nothing without the fault. */
function warnings(
  { rules }: ExpectedFault,
  { scenarios }: Pass,
  before: ReadonlyMap<string, PlayedScenario>,
): Readonly<Record<string, readonly string[]>> {
  const where = rules.map((rule): [string, readonly string[]] => [
    rule,
    scenarios
      .filter(({ id, warned = [] }) => warned.includes(rule) && before.get(id)?.rules.includes(rule) !== true)
      .map(({ id }) => id),
  ]);
  return Object.fromEntries(where.filter(([, ids]) => ids.length > 0));
}
