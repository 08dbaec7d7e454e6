import type { Rule } from '#dsr/verdict/index.ts';
import { isOfSection } from './sections.ts';
import type { FaultOutcome } from './types.ts';

export interface RuleProof {
  readonly uncovered: readonly string[];
  /** Of those sections, or of all when no section is. */
  readonly unproven: readonly string[];
  /** Of the other sections. */
  readonly unprovenElsewhere: readonly string[];
  readonly open: number;
  /** Rules of those sections that no run can break, and that a test of the checks breaks with a file. */
  readonly provenByFile: readonly string[];
}

/**
 * Whether every rule has a product that breaks it (DESIGN §5.6).
 *
 * @param sections sections whose rules must all have a fault: the one asked for, or those held complete
 * @param named rules that any fault of the product names, played or not
 * @param outcomes faults that were played
 * @param byFile rules proved by a file of the tests: they judge what the product cannot be made to do
 */
export function proveRules(
  rules: readonly Rule[],
  sections: readonly string[],
  named: ReadonlySet<string>,
  outcomes: readonly Pick<FaultOutcome, 'rules' | 'rulesMissing'>[],
  byFile: ReadonlySet<string> = new Set(),
): RuleProof {
  const isDue = ({ requirements }: Rule): boolean =>
    requirements.some((id) => sections.some((section) => isOfSection(id, section)));
  const without = rules.filter(({ id }) => !named.has(id) && !byFile.has(id));
  const due = without.filter(isDue);
  const broken = new Set(
    outcomes.flatMap((outcome) => outcome.rules.filter((rule) => !outcome.rulesMissing.includes(rule))),
  );
  const claimed = new Set(outcomes.flatMap((outcome) => outcome.rules));
  const silent = [...claimed].filter((rule) => !broken.has(rule)).toSorted();
  const dueIds = new Set(rules.filter(isDue).map(({ id }) => id));
  const held = (rule: string): boolean => sections.length === 0 || dueIds.has(rule);
  return {
    uncovered: due.map(({ id }) => id).toSorted(),
    unproven: silent.filter(held),
    unprovenElsewhere: silent.filter((rule) => !held(rule)),
    open: without.length - due.length,
    provenByFile: rules
      .filter((rule) => byFile.has(rule.id) && !named.has(rule.id) && isDue(rule))
      .map(({ id }) => id)
      .toSorted(),
  };
}
