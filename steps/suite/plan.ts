import type { Rem } from '#dsr/rem/index.ts';
import { readTags, type ScenarioTags } from '../world/index.ts';
import { cucumber, type Envelope, type Pickle } from './cucumber.ts';
import { SuiteError } from './errors.ts';

export interface PlannedScenario {
  /** Stable: path under `features/` without extension, `#`, rank in the file. */
  readonly id: string;
  /** `uri:line`, as cucumber knows it. */
  readonly key: string;
  readonly feature: string;
  readonly name: string;
  readonly tags: ScenarioTags;
}

export interface PlanOptions {
  readonly rem: Rem;
  /** Profile slugs that the product declares. */
  readonly profiles: readonly string[];
  /** Cucumber tag expression of the user, narrows the plan. */
  readonly tags?: string;
  readonly paths?: readonly string[];
}

export interface SuitePlan {
  readonly scenarios: readonly PlannedScenario[];
  /** Tag expression that selects them. */
  readonly tagExpression: string;
}

/** `uri:line` of a pickle. */
export function pickleKey(pickle: Pickle): string {
  return `${pickle.uri.replaceAll('\\', '/')}:${pickle.location?.line ?? 0}`;
}

/**
 * What will be run, found without running anything, and proof that every tag speaks of something that the REM in use
 * knows: a scenario that fills a slot nobody asks for would be a lie in the report.
 *
 * @throws {SuiteError} `TAG_INCONNU` listing each unknown tag and its feature, `GHERKIN` when a feature cannot be read,
 * `SUITE_VIDE` when nothing is selected
 */
export async function planSuite(options: PlanOptions): Promise<SuitePlan> {
  const { rem, profiles } = options;
  const profileTags = profiles.map((profile) => `@profil:${profile}`).join(' or ');
  const tagExpression = [`@vague:${rem.wave}`, profileTags && `(${profileTags})`, options.tags && `(${options.tags})`]
    .filter(Boolean)
    .join(' and ');
  const pickles = new Map<string, Pickle>();
  const selected = new Set<string>();
  const features = new Map<string, string>();
  const errors: string[] = [];
  const unknownSteps = new Set<string>();
  const onMessage = (envelope: Envelope): void => {
    if (envelope.pickle) pickles.set(envelope.pickle.id, envelope.pickle);
    if (envelope.testCase) selected.add(envelope.testCase.pickleId);
    for (const step of envelope.testCase?.testSteps ?? []) {
      if (step.pickleStepId && step.stepDefinitionIds?.length !== 1) unknownSteps.add(step.pickleStepId);
    }
    const { gherkinDocument, parseError } = envelope;
    if (gherkinDocument?.uri && gherkinDocument.feature)
      features.set(gherkinDocument.uri, gherkinDocument.feature.name);
    if (parseError) errors.push(`${parseError.source.uri ?? ''}: ${parseError.message}`);
  };
  await cucumber({
    tags: tagExpression,
    dryRun: true,
    onMessage,
    ...(options.paths ? { paths: options.paths } : {}),
  });
  if (errors.length > 0) {
    throw new SuiteError(
      'GHERKIN',
      `Une fonctionnalité ne se lit pas : ${errors.join(' ; ')}`,
      'Corrigez le fichier .feature nommé.',
    );
  }
  const scenarios = number([...pickles.values()])
    .filter(({ pickle }) => selected.has(pickle.id))
    .map(({ pickle, id }) => ({
      id,
      key: pickleKey(pickle),
      feature: features.get(pickle.uri) ?? pickle.uri,
      name: pickle.name,
      tags: readTags(pickle.tags.map((tag) => tag.name)),
    }));
  if (scenarios.length === 0) {
    throw new SuiteError(
      'SUITE_VIDE',
      `Aucun scénario ne répond à « ${tagExpression} ».`,
      'Élargissez --tags ou --profiles.',
    );
  }
  refuseUnknownSteps([...pickles.values()], unknownSteps);
  refuseUnknownTags(scenarios, rem);
  return { scenarios, tagExpression };
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

/** A sentence that no step knows would leave its scenario unplayed: the suite itself is wrong. */
function refuseUnknownSteps(pickles: readonly Pickle[], unknown: ReadonlySet<string>): void {
  const steps = pickles.flatMap((pickle) =>
    pickle.steps.filter((step) => unknown.has(step.id)).map((step) => `« ${step.text} » (${pickle.uri})`),
  );
  if (steps.length === 0) return;
  throw new SuiteError(
    'ETAPE_INCONNUE',
    `Étape(s) sans définition, ou à plusieurs définitions : ${listed(steps)}.`,
    'Employez une phrase que steps/ connaît.',
  );
}

function refuseUnknownTags(scenarios: readonly PlannedScenario[], rem: Rem): void {
  const requirements = new Set(rem.requirements.map((requirement) => requirement.id));
  const slots = new Set(
    rem.requirements.flatMap((requirement) =>
      requirement.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => slot.id)),
    ),
  );
  const unknown = scenarios.flatMap(({ id, tags }) => [
    ...tags.requirements
      .filter((requirement) => !requirements.has(requirement))
      .map((tag) => `@exigence:${tag} (${id})`),
    ...tags.slots.filter((slot) => !slots.has(slot)).map((tag) => `@preuve:${tag} (${id})`),
  ]);
  if (unknown.length === 0) return;
  throw new SuiteError(
    'TAG_INCONNU',
    `La REM en usage (${rem.category} ${rem.wave}, ${rem.source}) ne connaît pas ${listed(unknown)}.`,
    'Vérifiez que la REM est de la bonne vague et du bon couloir, ou corrigez l’étiquette dans la fonctionnalité.',
  );
}

/** A REM of another wave leaves every tag unknown: the first ones tell enough. */
function listed(items: readonly string[]): string {
  const shown = 5;
  const rest = items.length - shown;
  return `${items.slice(0, shown).join(', ')}${rest > 0 ? ` et ${rest} de plus` : ''}`;
}
