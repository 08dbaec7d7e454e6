import type { Rule } from '#dsr/verdict/index.ts';
import { isOfSection } from './sections.ts';
import type { FaultOutcome } from './types.ts';

export interface RuleProof {
  readonly uncovered: readonly string[];
  readonly unproven: readonly string[];
  readonly open: number;
}

/**
 * Whether every rule has a product that breaks it (DESIGN §5.6).
 *
 * @param sections sections whose rules must all have a fault: the one asked for, or those held complete
 * @param named rules that any fault of the product names, played or not
 * @param outcomes faults that were played
 */
export function proveRules(
  rules: readonly Rule[],
  sections: readonly string[],
  named: ReadonlySet<string>,
  outcomes: readonly Pick<FaultOutcome, 'rules' | 'rulesMissing'>[],
): RuleProof {
  const without = rules.filter(({ id }) => !named.has(id));
  const due = without.filter(({ requirements }) =>
    requirements.some((id) => sections.some((section) => isOfSection(id, section))),
  );
  const broken = new Set(
    outcomes.flatMap((outcome) => outcome.rules.filter((rule) => !outcome.rulesMissing.includes(rule))),
  );
  const claimed = new Set(outcomes.flatMap((outcome) => outcome.rules));
  return {
    uncovered: due.map(({ id }) => id).toSorted(),
    unproven: [...claimed].filter((rule) => !broken.has(rule)).toSorted(),
    open: without.length - due.length,
  };
}
