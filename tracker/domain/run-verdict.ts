import type { Verdict } from '#dsr/verdict/index.ts';
import type { RunLifecycle, ScenarioResult, UnverifiableCause } from '../types.ts';

/** Worst first. A run without any judged scenario is not green: nothing was shown. */
const WORST_FIRST: readonly Verdict[] = ['non-conforme', 'non-verifiable', 'a-verifier', 'conforme'];

export function runVerdict(scenarios: readonly Pick<ScenarioResult, 'verdict'>[]): Verdict {
  return WORST_FIRST.find((verdict) => scenarios.some((scenario) => scenario.verdict === verdict)) ?? 'non-verifiable';
}

/** What the person sees for a run: the one function that maps lifecycle and verdict to a word (DESIGN §4.5). */
export function shownRunState(
  lifecycle: RunLifecycle,
  verdict: Verdict,
): { readonly tone: 'ok' | 'bad' | 'warn' | 'none'; readonly label: string } {
  switch (lifecycle) {
    case 'created':
      return { tone: 'none', label: 'préparée' };
    case 'waiting-for-product':
      return { tone: 'none', label: 'attend le produit' };
    case 'waiting-for-tester':
      return { tone: 'none', label: 'attend le testeur' };
    case 'judging':
      return { tone: 'none', label: 'en cours' };
    case 'finished':
    case 'interrupted': {
      const suffix = lifecycle === 'interrupted' ? ', interrompue' : '';
      // An interrupted run keeps the colour of what it found: a failure must not turn grey.
      switch (verdict) {
        case 'conforme':
          return lifecycle === 'interrupted'
            ? { tone: 'warn', label: 'incomplète, interrompue' }
            : { tone: 'ok', label: 'conforme' };
        case 'non-conforme':
          return { tone: 'bad', label: `non conforme${suffix}` };
        case 'a-verifier':
          return { tone: 'warn', label: `à vérifier${suffix}` };
        case 'non-verifiable':
          return { tone: 'bad', label: `non vérifiable${suffix}` };
      }
    }
  }
}

/** Exit codes of DESIGN §4.1. */
export const EXIT = { ok: 0, product: 1, usage: 2, configuration: 3, bench: 4, proofs: 5 } as const;

/**
 * Exit code of a run. A product that was seen to be wrong is said first; then what kept the bench from judging.
 * An interruption is the bench that did not finish.
 */
export function runExitCode(
  scenarios: readonly Pick<ScenarioResult, 'verdict' | 'cause'>[],
  lifecycle: RunLifecycle,
): number {
  if (scenarios.some((scenario) => scenario.verdict === 'non-conforme')) return EXIT.product;
  const causes = new Set<UnverifiableCause>(
    scenarios.filter((scenario) => scenario.verdict === 'non-verifiable').map((scenario) => scenario.cause ?? 'banc'),
  );
  if (lifecycle === 'interrupted' || causes.has('interrompu') || causes.has('banc') || scenarios.length === 0)
    return EXIT.bench;
  if (causes.has('configuration')) return EXIT.configuration;
  return causes.has('produit') ? EXIT.product : EXIT.ok;
}
