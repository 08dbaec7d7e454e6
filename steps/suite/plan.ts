import type { Rem } from '#dsr/rem/index.ts';
import { SuiteError } from './errors.ts';
import { readFeatures, type ReadScenario } from './read-features.ts';

/** A scenario that the run will play. */
export type PlannedScenario = Pick<ReadScenario, 'id' | 'key' | 'feature' | 'name' | 'tags'>;

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
  const read = await readFeatures({ tags: tagExpression, ...(options.paths ? { paths: options.paths } : {}) });
  const scenarios = read
    .filter(({ selected }) => selected)
    .map(({ id, key, feature, name, tags }): PlannedScenario => ({ id, key, feature, name, tags }));
  if (scenarios.length === 0) {
    throw new SuiteError(
      'SUITE_VIDE',
      `Aucun scénario ne répond à « ${tagExpression} ».`,
      'Élargissez --tags ou --profiles.',
    );
  }
  refuseUnknownSteps(read);
  refuseUnknownTags(scenarios, rem);
  return { scenarios, tagExpression };
}

/** A sentence that no step knows would leave its scenario unplayed: the suite itself is wrong. */
function refuseUnknownSteps(scenarios: readonly ReadScenario[]): void {
  const steps = scenarios
    .filter(({ selected }) => selected)
    .flatMap((scenario) => scenario.steps.filter(({ known }) => !known).map(({ text, uri }) => `« ${text} » (${uri})`));
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
