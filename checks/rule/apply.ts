import type { Breach, Finding, JudgedRule, RuleChoice } from './types.ts';

/** Applies every rule, in order, and gives every finding: never only the first. */
export function applyRules<Subject>(
  rules: readonly JudgedRule<Subject>[],
  subject: Subject,
  choice: RuleChoice = {},
): readonly Finding[] {
  return rules
    .filter((rule) => !choice.without?.includes(rule.id))
    .flatMap((rule) => rule.judge(subject).map((breach) => findingOf(rule, breach, choice.serves)));
}

/** Turns one breach of a rule into a finding. */
export function findingOf(
  rule: Omit<JudgedRule<never>, 'judge'>,
  breach: Breach,
  serves: (requirement: string) => boolean = () => true,
): Finding {
  return {
    rule: rule.id,
    layer: rule.layer,
    severity: breach.severity ?? rule.severity,
    where: breach.where,
    received: shorten(breach.received),
    expected: breach.expected ?? rule.expected,
    remedy: breach.remedy ?? rule.remedy,
    requirements: rule.requirements.filter(serves),
    source: rule.source,
    ...(rule.benchLimit === true ? { benchLimit: true as const } : {}),
  };
}

const MAX_RECEIVED = 300;

function shorten(text: string): string {
  return text.length > MAX_RECEIVED ? `${text.slice(0, MAX_RECEIVED)}…` : text;
}
