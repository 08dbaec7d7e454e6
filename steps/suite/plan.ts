import { hasCatalogue, loadCatalogue } from '#dsr/catalogue/index.ts';
import type { Rem, Wave } from '#dsr/rem/index.ts';
import { seat, type Seats } from '../people/index.ts';
import { SuiteError } from './errors.ts';
import { readFeatures, type ReadScenario } from './read-features.ts';
import { tagsHere, type TagsHere } from './tags-here.ts';

/** A scenario that the run will play; its tags are in the numbers of the embedded catalogue. */
export interface PlannedScenario extends Pick<ReadScenario, 'id' | 'key' | 'feature' | 'name' | 'tags'> {
  /** In the numbers of the REM in use. */
  readonly here: TagsHere;
  /** Whom it is about: the same people whatever else is played. */
  readonly seats: Seats;
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
  /** Scenarios whose requirements the REM in use does not have: not played, and said. */
  readonly leftOut: readonly PlannedScenario[];
  /** Tag expression that selects them. */
  readonly tagExpression: string;
}

/**
 * What will be run, found without running anything, in the numbers of the REM in use: a scenario that fills a slot nobody
 * asks for would be a lie in the report. What an imported REM does not ask for is left out; a tag that the embedded
 * catalogue does not know stops everything.
 *
 * @throws {SuiteError} `TAG_INCONNU` listing each unknown tag and its feature (embedded catalogue, or nothing known), `GHERKIN` when a feature cannot be read,
 * `SUITE_VIDE` when nothing is selected
 */
export async function planSuite(options: PlanOptions): Promise<SuitePlan> {
  const { rem } = options;
  const tagExpression = suiteTags(rem.wave, options.profiles, options.tags);
  const read = await readFeatures({ tags: tagExpression, ...(options.paths ? { paths: options.paths } : {}) });
  const seats = seat(read);
  const selected = read
    .filter((scenario) => scenario.selected)
    .map(({ id, key, feature, name, tags }): PlannedScenario => {
      const people = seats.get(id) ?? { patients: [], professionals: [] };
      return { id, key, feature, name, tags, here: tagsHere(tags, rem), seats: people };
    });
  if (selected.length === 0) {
    throw new SuiteError(
      'SUITE_VIDE',
      `Aucun scénario ne répond à « ${tagExpression} ».`,
      'Élargissez --tags ou --profiles.',
    );
  }
  refuseUnknownSteps(read);
  // The features and the embedded catalogue are both ours: a tag that it does not know is a fault of the suite.
  if (rem.layout === 'catalogue') refuseUnknownTags(selected, rem, otherWaves(rem, selected));
  const scenarios = selected.filter(({ here }) => here.requirements.length > 0);
  if (scenarios.length === 0) refuseUnknownTags(selected, rem);
  return { scenarios, leftOut: selected.filter((scenario) => !scenarios.includes(scenario)), tagExpression };
}

/** The cucumber tag expression of a run. */
export function suiteTags(wave: Wave, profiles: readonly string[], tags?: string): string {
  const ofProfiles = profiles.map((profile) => `@profil:${profile}`).join(' or ');
  return [`@vague:${wave}`, ofProfiles && `(${ofProfiles})`, tags && `(${tags})`].filter(Boolean).join(' and ');
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

/** Catalogues of the other waves that the scenarios are also written for. */
function otherWaves({ category, wave }: Rem, scenarios: readonly PlannedScenario[]): readonly Rem[] {
  const waves = new Set(scenarios.flatMap(({ tags }) => tags.waves));
  return [...waves]
    .filter((other): other is Wave => other !== wave && hasCatalogue(category, other as Wave))
    .map((other) => loadCatalogue(category, other));
}

/** @param others a scenario of several waves carries the tags of each: one that another of its waves knows is right */
function refuseUnknownTags(scenarios: readonly PlannedScenario[], rem: Rem, others: readonly Rem[] = []): void {
  const unknown = scenarios.flatMap(({ id, tags, here }) => {
    const elsewhere = others
      .filter((other) => tags.waves.includes(other.wave))
      .map((other) => new Set(tagsHere(tags, other).missing));
    return here.missing.filter((tag) => elsewhere.every((missing) => missing.has(tag))).map((tag) => `${tag} (${id})`);
  });
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
