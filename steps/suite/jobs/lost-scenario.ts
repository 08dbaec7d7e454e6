import type { ScenarioResult } from '#tracker/types.ts';
import type { PlannedScenario } from '../plan.ts';

/** The scenario that a process was playing when it stopped: the bench failed, nothing is said of the product. */
export function lostScenario(planned: PlannedScenario, worker: number, why: string): ScenarioResult {
  const { id, feature, name, tags, here } = planned;
  return {
    id,
    feature,
    name,
    requirements: here.requirements,
    ...(here.requirements.join() === tags.requirements.join() ? {} : { writtenFor: tags.requirements }),
    slots: here.slots,
    verdict: 'non-verifiable',
    cause: 'banc',
    reason: `Le banc a échoué : le poste ${worker} s’est arrêté pendant ce scénario (${why}). Relancez, avec --jobs 1 s’il manque de mémoire.`,
    durationMs: 0,
    findings: [],
    otherFindings: [],
    steps: [],
    pieces: [],
  };
}

/** A result that held as long as nothing arrived until the end of the run, and that nobody watches any more. */
export function unwatched(result: ScenarioResult, worker: number, why: string): ScenarioResult {
  return {
    ...result,
    verdict: 'non-verifiable',
    cause: 'banc',
    reason: `Le banc a échoué : le poste ${worker} s’est arrêté (${why}) avant la fin de l’exécution, jusqu’à laquelle rien ne devait arriver. Relancez, avec --jobs 1 s’il manque de mémoire.`,
    pieces: [],
  };
}
