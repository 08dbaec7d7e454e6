import type { Rem, Wave } from '#dsr/rem/index.ts';
import type { SuiteScenario } from './types.ts';

/** A catalogue with the profiles that a product of its category may declare. */
export interface CheckedCatalogue {
  readonly rem: Rem;
  /** Slugs. */
  readonly profiles: readonly string[];
}

export interface TagProblem {
  readonly scenario: string;
  /** As written in the feature; `@vague:` alone when the tag is missing. */
  readonly tag: string;
  /** French, what is wrong. */
  readonly message: string;
}

interface Known {
  /** Requirement ids, each with the slots it publishes. */
  readonly requirements: ReadonlyMap<string, ReadonlySet<string>>;
  readonly slots: ReadonlySet<string>;
  readonly profiles: ReadonlySet<string>;
}

/**
 * Tags of the features that the catalogues do not support: ids that none of their wave knows, slots of another
 * requirement, unknown profiles, and scenarios that no run can select or judge.
 *
 * @returns one problem per tag and wave, empty when features and catalogues agree
 */
export function tagProblems(
  suite: readonly SuiteScenario[],
  catalogues: readonly CheckedCatalogue[],
): readonly TagProblem[] {
  const byWave = new Map(
    Array.from(
      Map.groupBy(catalogues, ({ rem }): string => rem.wave),
      ([wave, of]) => [wave, knownIn(of)] as const,
    ),
  );
  return suite.flatMap(({ id: scenario, tags }) => {
    const problems: TagProblem[] = [];
    const say = (tag: string, message: string): void => void problems.push({ scenario, tag, message });
    if (tags.waves.length === 0) say('@vague:', 'aucune vague : aucune exécution ne le joue');
    if (tags.profiles.length === 0) say('@profil:', 'aucun profil : aucune exécution ne le joue');
    if (tags.requirements.length === 0) say('@exigence:', 'aucune exigence : rien ne le juge');
    for (const wave of tags.waves) {
      const known = byWave.get(wave);
      if (known === undefined) say(`@vague:${wave}`, 'aucun catalogue embarqué n’est de cette vague');
      else judge(tags, wave as Wave, known, say);
    }
    return problems;
  });
}

function judge(
  tags: SuiteScenario['tags'],
  wave: Wave,
  known: Known,
  say: (tag: string, message: string) => void,
): void {
  for (const id of tags.requirements) {
    if (!known.requirements.has(id)) say(`@exigence:${id}`, `exigence inconnue des catalogues embarqués de la ${wave}`);
  }
  for (const id of tags.slots) {
    if (!known.slots.has(id)) say(`@preuve:${id}`, `preuve inconnue des catalogues embarqués de la ${wave}`);
    else if (!tags.requirements.some((requirement) => known.requirements.get(requirement)?.has(id)))
      say(`@preuve:${id}`, 'preuve d’une exigence que le scénario ne nomme pas');
  }
  for (const slug of tags.profiles) {
    if (!known.profiles.has(slug)) say(`@profil:${slug}`, `profil inconnu des couloirs embarqués de la ${wave}`);
  }
}

function knownIn(catalogues: readonly CheckedCatalogue[]): Known {
  const requirements = new Map<string, Set<string>>();
  for (const requirement of catalogues.flatMap(({ rem }) => rem.requirements)) {
    const slots = requirements.get(requirement.id) ?? new Set();
    for (const { proofs } of requirement.scenarios) for (const { id } of proofs) slots.add(id);
    requirements.set(requirement.id, slots);
  }
  return {
    requirements,
    slots: new Set(Array.from(requirements.values(), (slots) => [...slots]).flat()),
    profiles: new Set(catalogues.flatMap(({ profiles }) => profiles)),
  };
}
