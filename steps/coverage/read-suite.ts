import { readFeatures } from '../suite/read-features.ts';
import type { SuiteScenario } from './types.ts';

/**
 * Every scenario of `features/`, whatever its wave and profile, under the ids that a run gives them. Reads only: no step
 * definition is loaded, nothing is played.
 *
 * @throws {SuiteError} `GHERKIN` when a feature cannot be read
 */
export async function readSuite(paths?: readonly string[]): Promise<readonly SuiteScenario[]> {
  const read = await readFeatures({ tags: '', steps: 'none', ...(paths ? { paths } : {}) });
  return read.map(({ id, feature, name, tags }) => ({ id, feature, name, tags }));
}
