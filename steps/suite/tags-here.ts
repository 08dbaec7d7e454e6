import { numbersHere, type Rem } from '#dsr/rem/index.ts';
import type { ScenarioTags } from '../world/index.ts';

/** What a scenario speaks of, in the numbers of the REM in use. */
export interface TagsHere {
  readonly requirements: readonly string[];
  readonly slots: readonly string[];
  /** Tags that name nothing of this REM, as the feature writes them. */
  readonly missing: readonly string[];
}

/**
 * Features are tagged with the numbers of the embedded catalogue; this gives those of the REM in use, told by the texts of
 * the requirements (`knownAs`, `numberReused`): a scenario never fills the slot of another requirement that took its number.
 */
export function tagsHere(tags: Pick<ScenarioTags, 'requirements' | 'slots'>, rem: Rem): TagsHere {
  const here = numbersHere(rem);
  const requirements = tags.requirements.map((id) => [`@exigence:${id}`, here.requirements.get(id)] as const);
  const slots = tags.slots.map((id) => [`@preuve:${id}`, here.slots.get(id)] as const);
  return {
    requirements: requirements.flatMap(([, id]) => (id === undefined ? [] : [id])),
    slots: slots.flatMap(([, id]) => (id === undefined ? [] : [id])),
    missing: [...requirements, ...slots].flatMap(([tag, id]) => (id === undefined ? [tag] : [])),
  };
}
