import { normaliseId } from '../rem/id.ts';
import type { Rem, Requirement } from '../rem/types.ts';

/** `ANN.01`, which others write `SGL.ANN.01`. */
const WITHOUT_COULOIR = /^[A-Z]+\.\d/u;

/** What a requirement is known by when numbers change. */
export interface Names {
  /** Its own number, as read and normalised. */
  readonly own: readonly string[];
  /** Numbers that it had before. */
  readonly former: readonly string[];
}

/**
 * Names of a requirement, each in every way that people write it.
 *
 * A former number may lack the couloir (`ANN.01`), and so may an own number of the first wave. Own numbers of later
 * waves never get one: `PSC.01` of wave 2 belongs to the shared base, and is not number 01 of the first wave's `SGL.PSC`.
 *
 * @param rem that holds it
 */
export function namesOf(requirement: Requirement, rem: Pick<Rem, 'category' | 'wave'>): Names {
  const spellings = (ids: readonly string[], withCouloir: boolean): readonly string[] => {
    const all = new Set<string>();
    for (const id of ids) {
      const key = normaliseId(id);
      if (key === '') continue;
      all.add(key);
      if (withCouloir && WITHOUT_COULOIR.test(key)) all.add(`${rem.category}.${key}`);
    }
    return [...all];
  };
  return {
    own: spellings([requirement.id, requirement.rawId], rem.wave === 'va1'),
    former: spellings(requirement.previousIds, true),
  };
}
