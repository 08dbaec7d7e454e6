import { loadScales } from '#dsr/scales/index.ts';
import { verdictOf, type Finding, type Verdict } from '#dsr/verdict/index.ts';
import { findingOf } from '../rule/index.ts';
import { AMOUNT_JUDGES } from './judge/amounts.ts';
import { BALANCE_JUDGES } from './judge/balance.ts';
import { DATE_JUDGES } from './judge/dates.ts';
import { LINE_JUDGES } from './judge/lines.ts';
import { TEXT_JUDGES } from './judge/texts.ts';
import { judgeTogether } from './judge/together.ts';
import type { Case, Judges } from './judge/types.ts';
import { readLines } from './lines.ts';
import { RULES, ruleOf, type RuleId } from './rules.ts';
import type { QuoteOptions, QuoteSubject } from './types.ts';

const JUDGES: Judges = { ...LINE_JUDGES, ...TEXT_JUDGES, ...AMOUNT_JUDGES, ...DATE_JUDGES, ...BALANCE_JUDGES };
const UNJUDGED = new Set(RULES.filter(({ unjudged }) => unjudged).map(({ id }) => id));

/**
 * Judges the papers of sales by the twenty checks: those of one document by itself, then what shows only when the
 * documents are read together (one request by instance and DSR, a site in one instance).
 *
 * @returns the findings of each document, in the order of the documents
 */
export function checkQuotes(
  subjects: readonly QuoteSubject[],
  options: QuoteOptions = {},
): readonly (readonly Finding[])[] {
  const shared = Map.groupBy(
    judgeTogether(subjects).filter(({ rule }) => isAsked(rule, options)),
    ({ index }) => index,
  );
  return subjects.map((subject, index) => [
    ...checkOne(subject, options),
    ...(shared.get(index) ?? []).map(({ rule, breach }) => findingOf(ruleOf(rule), breach)),
  ]);
}

function checkOne(
  { document, locate = (path) => path, window }: QuoteSubject,
  options: QuoteOptions,
): readonly Finding[] {
  const subject: Case = {
    document,
    lines: readLines(document),
    locate,
    scales: options.scales ?? loadScales(),
    window,
  };
  return RULES.filter(({ id, documents }) => documents.includes(document.kind) && isAsked(id, options)).flatMap(
    (rule) => (JUDGES[rule.id as RuleId]?.(subject) ?? []).map((breach) => findingOf(rule, breach)),
  );
}

function isAsked(id: string, { controls }: QuoteOptions): boolean {
  return controls === undefined || ruleOf(id).requirements.some((control) => controls.includes(control));
}

/** `non-conforme` for an error, `a-verifier` when something could not be judged, else `conforme`. */
export function quoteVerdict(findings: readonly Finding[]): Verdict {
  if (verdictOf(findings) === 'non-conforme') return 'non-conforme';
  return findings.some(({ rule }) => UNJUDGED.has(rule)) ? 'a-verifier' : 'conforme';
}
