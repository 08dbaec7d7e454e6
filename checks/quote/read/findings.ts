import type { Finding } from '#dsr/verdict/index.ts';
import { findingOf, type Breach } from '../../rule/index.ts';
import { ruleOf, type RuleId } from '../rules.ts';

/** A finding about the file itself, before any check. */
export function readingFinding(rule: RuleId, breach: Breach): Finding {
  return findingOf(ruleOf(rule), breach);
}
