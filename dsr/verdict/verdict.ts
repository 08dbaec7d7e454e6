import type { Finding, Verdict } from './types.ts';

/**
 * Verdict of a list of findings about input that could be read.
 *
 * @param findings all findings, in any order
 * @returns `non-conforme` when one is an error, `conforme` otherwise (warnings and infos do not refuse a product)
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  return findings.some((finding) => finding.severity === 'error') ? 'non-conforme' : 'conforme';
}
