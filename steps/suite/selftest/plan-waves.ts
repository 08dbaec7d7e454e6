import { hasCatalogue, loadCatalogue } from '#dsr/catalogue/index.ts';
import type { Rem, Wave } from '#dsr/rem/index.ts';
import { SuiteError } from '../errors.ts';
import { planSuite, type PlannedScenario, type SuitePlan } from '../plan.ts';

/** Scenarios to play with the REM of one wave. */
export interface WavePlan {
  readonly rem: Rem;
  readonly tagExpression: string;
  readonly scenarios: readonly PlannedScenario[];
}

const WAVES: readonly Wave[] = ['va1', 'va2'];

/**
 * Every scenario, whatever the profile it is written for (the reference SGL is told what to be), each in the first wave that plans it: two waves of one scenario would
 * prove a fault twice.
 *
 * @throws {SuiteError} when the features are wrong
 */
export async function planWaves(): Promise<readonly WavePlan[]> {
  const plans: WavePlan[] = [];
  const taken = new Set<string>();
  for (const wave of WAVES.filter((each) => hasCatalogue('SGL', each))) {
    const rem = loadCatalogue('SGL', wave);
    const plan = await planned(rem);
    const scenarios = (plan?.scenarios ?? []).filter(({ id }) => !taken.has(id));
    for (const { id } of scenarios) taken.add(id);
    if (plan && scenarios.length > 0) plans.push({ rem, tagExpression: plan.tagExpression, scenarios });
  }
  return plans;
}

async function planned(rem: Rem): Promise<SuitePlan | undefined> {
  try {
    return await planSuite({ rem, profiles: [] });
  } catch (error) {
    // A wave may have no scenario yet.
    if (error instanceof SuiteError && error.code === 'SUITE_VIDE') return undefined;
    throw error;
  }
}
