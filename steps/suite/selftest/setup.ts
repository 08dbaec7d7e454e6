import type { ScenarioResult } from '#tracker/types.ts';

const SETUP = /^(?:Étant donné|Etant donné|Soit|Sachant)/i;
const MORE = /^(?:Et|Mais|\*)[ '’]/i;

/**
 * Whether a scenario ended before anything was judged: the product did not come through what its « Étant donné » sets
 * up, and no finding is about its requirements.
 */
export function endsInSetup({ steps, findings, verdict, cause }: Ended): boolean {
  if (findings.length > 0) return false;
  if (verdict !== 'non-conforme' && (verdict !== 'non-verifiable' || cause !== 'produit')) return false;
  let setup = false;
  for (const { text, status } of steps) {
    if (!MORE.test(text)) setup = SETUP.test(text);
    if (status !== 'passed') return setup;
  }
  return false;
}

type Ended = Pick<ScenarioResult, 'steps' | 'findings' | 'verdict' | 'cause'>;
