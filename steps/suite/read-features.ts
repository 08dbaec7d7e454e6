import { readTags, type ScenarioTags } from '../world/tags.ts';
import { cucumber, type CucumberOptions, type Envelope, type Pickle } from './cucumber.ts';
import { SuiteError } from './errors.ts';

/** A scenario as its feature writes it. */
export interface ReadScenario {
  /** Stable: path under `features/` without extension, `#`, rank in the file. */
  readonly id: string;
  /** `uri:line`, as cucumber knows it. */
  readonly key: string;
  readonly feature: string;
  readonly name: string;
  readonly tags: ScenarioTags;
  /** Whether the tag expression takes it. */
  readonly selected: boolean;
  readonly steps: readonly ReadStep[];
}

export interface ReadStep {
  readonly text: string;
  readonly uri: string;
  /** Exactly one step definition answers to it; false for all of them when no definition was loaded. */
  readonly known: boolean;
}

/** `uri:line` of a pickle. */
export function pickleKey(pickle: Pickle): string {
  return `${pickle.uri.replaceAll('\\', '/')}:${pickle.location?.line ?? 0}`;
}

/**
 * Every scenario of the features, selected or not, in the order of the files, without playing anything.
 *
 * @throws {SuiteError} `GHERKIN` when a feature cannot be read
 */
export async function readFeatures(
  options: Pick<CucumberOptions, 'tags' | 'paths' | 'steps'>,
): Promise<readonly ReadScenario[]> {
  const pickles: Pickle[] = [];
  const selected = new Set<string>();
  const features = new Map<string, string>();
  const errors: string[] = [];
  const unknownSteps = new Set<string>();
  const onMessage = (envelope: Envelope): void => {
    if (envelope.pickle) pickles.push(envelope.pickle);
    if (envelope.testCase) selected.add(envelope.testCase.pickleId);
    for (const step of envelope.testCase?.testSteps ?? []) {
      const isKnown = options.steps !== 'none' && step.stepDefinitionIds?.length === 1;
      if (step.pickleStepId && !isKnown) unknownSteps.add(step.pickleStepId);
    }
    const { gherkinDocument, parseError } = envelope;
    if (gherkinDocument?.uri && gherkinDocument.feature)
      features.set(gherkinDocument.uri, gherkinDocument.feature.name);
    if (parseError) errors.push(`${parseError.source.uri ?? ''}: ${parseError.message}`);
  };
  await cucumber({ ...options, dryRun: true, onMessage });
  if (errors.length > 0) {
    throw new SuiteError(
      'GHERKIN',
      `Une fonctionnalité ne se lit pas : ${errors.join(' ; ')}`,
      'Corrigez le fichier .feature nommé.',
    );
  }
  return number(pickles).map(({ pickle, id }) => ({
    id,
    key: pickleKey(pickle),
    feature: features.get(pickle.uri) ?? pickle.uri,
    name: pickle.name,
    tags: readTags(pickle.tags.map((tag) => tag.name)),
    selected: selected.has(pickle.id),
    steps: pickle.steps.map((step) => ({ text: step.text, uri: pickle.uri, known: !unknownSteps.has(step.id) })),
  }));
}

function number(pickles: readonly Pickle[]): readonly { pickle: Pickle; id: string }[] {
  const ranks = new Map<string, number>();
  return pickles.map((pickle) => {
    const rank = (ranks.get(pickle.uri) ?? 0) + 1;
    ranks.set(pickle.uri, rank);
    const path = pickle.uri
      .replaceAll('\\', '/')
      .replace(/^.*features\//, '')
      .replace(/\.feature$/, '');
    return { pickle, id: `${path}#${rank}` };
  });
}
