import type { ProofKind } from '../rem/types.ts';

/** Beyond that many choices nobody chooses: everything named is then asked for. */
const MOST_SETS = 12;
/** Bound of the work on the way there, for a text made to multiply choices. */
const MOST_ON_THE_WAY = 64;

/** Sets of kinds of which one is enough. */
export type Sets = readonly (readonly ProofKind[])[];

/**
 * How two demands are joined, from the loosest to the tightest. "vidéo ou copies d'écran et la source" is one of two
 * ways to show, and the source.
 */
export const JOINTS = [
  /** Demands for all cases, then those of the first case. */
  'and-cases',
  /** Another case. */
  'or-case',
  /** "A et soit B, soit C". */
  'and-either',
  /** "OU" in capitals between whole demands, "soit", "à défaut", a sentence that begins by "Ou". */
  'or-whole',
  /** Another sentence, another line, "ainsi que". */
  'and-whole',
  'or',
  'and',
  /** Between two ways to show the same thing. */
  'or-shown',
] as const;

export type Joint = (typeof JOINTS)[number];

/**
 * What is enough, given demands and how each is joined to the one before it.
 *
 * @param demands what is enough for each, in the order of the wording; at least one
 * @param joints one less than demands
 */
export function combine(demands: readonly Sets[], joints: readonly Joint[]): Sets {
  const [only] = demands;
  if (only === undefined) return [];
  if (demands.length === 1) return only;
  const loosest = JOINTS.find((joint) => joints.includes(joint));
  const groups: { demands: Sets[]; joints: Joint[] }[] = [{ demands: [only], joints: [] }];
  for (const [index, joint] of joints.entries()) {
    const demand = demands[index + 1];
    const group = groups.at(-1);
    if (demand === undefined || group === undefined) continue;
    if (joint === loosest) groups.push({ demands: [demand], joints: [] });
    else {
      group.demands.push(demand);
      group.joints.push(joint);
    }
  }
  const parts = groups.map((group) => combine(group.demands, group.joints));
  if (loosest?.startsWith('or')) return anyOf(parts);
  // The same choice asked for twice is made once.
  return [...new Map(parts.map((part) => [keyOf(part), part])).values()].reduce(allOf);
}

/** The sets, or one with everything when there are more than a reader could choose from. */
export function readable(sets: Sets): Sets {
  return sets.length <= MOST_SETS ? sets : [[...new Set(sets.flat())]];
}

/** One of all the sets is enough. */
export function anyOf(parts: readonly Sets[]): Sets {
  return bounded(distinct(parts.flat()));
}

/** One of the left and one of the right are needed. */
function allOf(left: Sets, right: Sets): Sets {
  return bounded(distinct(left.flatMap((one) => right.map((other) => [...new Set([...one, ...other])]))));
}

function distinct(sets: Sets): Sets {
  return [...new Map(sets.map((set) => [keyOf([set]), set])).values()];
}

function keyOf(sets: Sets): string {
  return sets
    .map((set) => [...set].sort().join())
    .sort()
    .join('|');
}

function bounded(sets: Sets): Sets {
  return sets.length <= MOST_ON_THE_WAY ? sets : [[...new Set(sets.flat())]];
}
