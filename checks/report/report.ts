import type { Finding, Rule, Severity } from '#dsr/verdict/index.ts';
import { findingOf } from '../rule/index.ts';

/** What a rule says about one place. Sentences in French, never a secret. */
export interface Breach {
  /** XPath, header name, line, MIME part. */
  readonly where: string;
  readonly received: string;
  readonly expected: string;
  /** Next action of the developer of the product. */
  readonly remedy: string;
  /** Only when the wording makes this breach weaker than the rule, e.g. optional here and mandatory there. */
  readonly severity?: Severity;
}

export interface Report<Id extends string> {
  /** Adds a finding of that rule. */
  add(rule: Id, breach: Breach): void;
  /** In order of addition. */
  readonly findings: readonly Finding[];
}

/**
 * Opens a report over a table of rules declared `as const`, so that an unknown rule id does not compile.
 *
 * @param rules the table of the check
 */
export function openReport<const R extends readonly Rule[]>(rules: R): Report<R[number]['id']> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const findings: Finding[] = [];
  return {
    findings,
    add(id, breach) {
      const rule = byId.get(id);
      if (rule === undefined) throw new RangeError(`No rule ${id} in this table`);
      findings.push(findingOf({ ...rule, expected: breach.expected, remedy: breach.remedy }, breach));
    },
  };
}
