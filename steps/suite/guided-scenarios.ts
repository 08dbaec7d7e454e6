import { readFeatures } from './read-features.ts';

/** Sentences that ask something of a person (`steps/guide.steps.ts`). */
const GUIDED = /^le testeur\b/i;

/**
 * Scenarios that ask something of a tester: they, and no other, end `a-verifier` against a product that is right.
 *
 * @param tags cucumber tag expression
 * @returns ids of those that it selects
 * @throws {SuiteError} `GHERKIN` when a feature cannot be read
 */
export async function guidedScenarios(tags: string, paths?: readonly string[]): Promise<readonly string[]> {
  const read = await readFeatures({ tags, steps: 'none', ...(paths ? { paths } : {}) });
  return read
    .filter(({ selected, steps }) => selected && steps.some(({ text }) => GUIDED.test(text)))
    .map(({ id }) => id);
}
