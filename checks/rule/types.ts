import type { Finding, Rule, Severity } from '#dsr/verdict/index.ts';

/** What a rule saw; the rule says the rest. */
export interface Breach {
  readonly where: string;
  /** Never a secret. */
  readonly received: string;
  /** When the place makes it more precise than the rule does. */
  readonly expected?: string;
  readonly remedy?: string;
  /** When the same rule is softer in a case that the source treats apart. */
  readonly severity?: Severity;
}

/** A rule with the function that applies it. Pure: no clock, no file, no socket. */
export interface JudgedRule<Subject> extends Rule {
  readonly expected: string;
  readonly remedy: string;
  judge(subject: Subject): readonly Breach[];
}

export interface RuleChoice {
  /** Ids of rules that are switched off. */
  readonly without?: readonly string[];
  /** Keeps, on each finding, only the requirements of this subject; a rule left with none still speaks. */
  readonly serves?: (requirement: string) => boolean;
}

export type { Finding, Rule, Severity };
