import type { Rem, Wave } from '../rem/types.ts';
import { namesOf, type Names } from './former-ids.ts';

/** Places of requirements in their REM. */
export interface Cluster {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A requirement that already has its counterpart. */
export interface Taken {
  readonly before: number;
  readonly after: number;
  /** It goes on under its own number with its text: what cites it came beside it and does not continue it. */
  readonly livesOn: boolean;
}

/**
 * Requirements that belong together by their former numbers, many to many.
 *
 * Two requirements without counterpart are linked when one names the other as its former number, or when both had the
 * same older number. One that already has its counterpart joins a cluster only when it is named directly: sharing an
 * older number proves nothing of a requirement that lives on. A new one that cites one that lives on as it was is no part
 * of it; one that is gone and that one that lives on cites was merged into it.
 *
 * @param taken requirements that already have their counterpart, as pairs of places
 * @returns clusters that hold at least one requirement without counterpart, from both sides
 */
export function linkByFormerIds(before: Rem, after: Rem, taken: readonly Taken[]): readonly Cluster[] {
  const names = {
    before: before.requirements.map((requirement) => namesOf(requirement, before)),
    after: after.requirements.map((requirement) => namesOf(requirement, after)),
  };
  const shift = before.requirements.length;
  const parents = Array.from({ length: shift + after.requirements.length }, (_, index) => index);
  const root = (node: number): number => {
    let top = node;
    while (parents[top] !== top) {
      parents[top] = parents[parents[top] ?? top] ?? top;
      top = parents[top] ?? top;
    }
    return top;
  };
  const linked = new Set<number>();
  const unite = (left: number, right: number): void => {
    const [low, high] = [root(left), root(right)].sort((one, other) => one - other);
    if (low === undefined || high === undefined) return;
    parents[high] = low;
    linked.add(left).add(right);
  };
  const settled = new Set<number>();
  const living = new Set<number>();
  for (const pair of taken) {
    settled.add(pair.before).add(shift + pair.after);
    if (pair.livesOn) living.add(pair.before).add(shift + pair.after);
    parents[root(shift + pair.after)] = root(pair.before);
  }

  const index = indexNames(names, shift);
  const mayName = mayCite(before.wave, after.wave);
  for (const { ownBefore, ownAfter, formerBefore, formerAfter } of index.values()) {
    if (mayName.before) uniteDirect(ownBefore, formerAfter);
    if (mayName.after) uniteDirect(ownAfter, formerBefore);
    uniteFree(formerBefore, formerAfter);
  }

  function uniteDirect(cited: readonly number[], citing: readonly number[]): void {
    for (const one of cited) {
      for (const other of citing) {
        if (settled.has(other) ? !settled.has(one) : !living.has(one)) unite(one, other);
      }
    }
  }

  function uniteFree(left: readonly number[], right: readonly number[]): void {
    const [old, young] = [left, right].map((nodes) => nodes.filter((node) => !settled.has(node)));
    const [first] = old ?? [];
    const [other] = young ?? [];
    if (first === undefined || other === undefined) return;
    for (const node of [...(old ?? []), ...(young ?? [])]) unite(first, node);
  }

  const clusters = new Map<number, { readonly before: number[]; readonly after: number[] }>();
  const roots = new Set(Array.from(linked, root));
  parents.forEach((_, node) => {
    const top = root(node);
    if (!roots.has(top)) return;
    const cluster = clusters.get(top) ?? { before: [], after: [] };
    if (node < shift) cluster.before.push(node);
    else cluster.after.push(node - shift);
    clusters.set(top, cluster);
  });
  return [...clusters.values()];
}

/**
 * Requirements of `before` that share an older number with one of `after`, or that it cites: what an added requirement
 * has to do with those that live on.
 */
export function relatives(before: Rem, after: Rem): (place: number) => readonly string[] {
  const byName = new Map<string, string[]>();
  const mayName = mayCite(before.wave, after.wave);
  for (const requirement of before.requirements) {
    const { own, former } = namesOf(requirement, before);
    for (const name of new Set([...(mayName.before ? own : []), ...former])) {
      const holders = byName.get(name) ?? [];
      holders.push(requirement.id);
      byName.set(name, holders);
    }
  }
  return (place) => {
    const requirement = after.requirements[place];
    if (requirement === undefined) return [];
    return [...new Set(namesOf(requirement, after).former.flatMap((name) => byName.get(name) ?? []))];
  };
}

/** Whether one of the two REMs cites a number of the other, or both cite the same older one. */
export function areLinked(before: Rem, after: Rem): boolean {
  const mayName = mayCite(before.wave, after.wave);
  const [old, young] = [before, after].map((rem) => {
    const all = rem.requirements.map((requirement) => namesOf(requirement, rem));
    return { own: all.flatMap(({ own }) => own), former: new Set(all.flatMap(({ former }) => former)) };
  });
  if (old === undefined || young === undefined) return false;
  return (
    !old.former.isDisjointFrom(young.former) ||
    (mayName.before && old.own.some((name) => young.former.has(name))) ||
    (mayName.after && young.own.some((name) => old.former.has(name)))
  );
}

/** Which side may be cited by the other: a list does not know the numbers of a later wave. */
function mayCite(before: Wave, after: Wave): { readonly before: boolean; readonly after: boolean } {
  const rank = (wave: Wave): number => Number(wave.slice(2));
  return { before: rank(before) <= rank(after), after: rank(before) >= rank(after) };
}

interface Holders {
  readonly ownBefore: number[];
  readonly ownAfter: number[];
  readonly formerBefore: number[];
  readonly formerAfter: number[];
}

function indexNames(
  names: { readonly before: readonly Names[]; readonly after: readonly Names[] },
  shift: number,
): ReadonlyMap<string, Holders> {
  const index = new Map<string, Holders>();
  const note = (name: string, kind: keyof Holders, node: number): void => {
    const holders = index.get(name) ?? { ownBefore: [], ownAfter: [], formerBefore: [], formerAfter: [] };
    holders[kind].push(node);
    index.set(name, holders);
  };
  names.before.forEach(({ own, former }, place) => {
    for (const name of own) note(name, 'ownBefore', place);
    for (const name of former) note(name, 'formerBefore', place);
  });
  names.after.forEach(({ own, former }, place) => {
    for (const name of own) note(name, 'ownAfter', shift + place);
    for (const name of former) note(name, 'formerAfter', shift + place);
  });
  return index;
}
