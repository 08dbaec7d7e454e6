import type { Finding, Verdict } from './types.ts';

/**
 * Verdict of a list of findings about input that could be read.
 *
 * @param findings all findings, in any order
 * @returns `non-conforme` when one is an error, else `non-verifiable` when a limit of the bench kept something from being
 *   judged, `conforme` otherwise (warnings and infos do not refuse a product)
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some((finding) => finding.severity === 'error')) return 'non-conforme';
  return findings.some((finding) => finding.benchLimit === true) ? 'non-verifiable' : 'conforme';
}
