import type { Rem, Wave } from '../rem/types.ts';
import { namesOf, type Names } from './former-ids.ts';

/** Places of requirements in their REM. */
export interface Cluster {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** @param taken requirements that already have their counterpart, as pairs of places */
export interface Taken {
  readonly before: number;
  readonly after: number;
}

/**
 * Requirements that belong together by their former numbers, many to many.
 *
 * Two requirements without counterpart are linked when one names the other as its former number, or when both had the
 * same older number. One that already has its counterpart joins a cluster only when it is named directly: sharing an
 * older number proves nothing of a requirement that lives on.
 *
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
  for (const pair of taken) {
    settled.add(pair.before).add(shift + pair.after);
    parents[root(shift + pair.after)] = root(pair.before);
  }

  const index = indexNames(names, shift);
  const rank = (wave: Wave): number => Number(wave.slice(2));
  const mayNameAfter = rank(before.wave) >= rank(after.wave);
  const mayNameBefore = rank(before.wave) <= rank(after.wave);
  for (const { ownBefore, ownAfter, formerBefore, formerAfter } of index.values()) {
    if (mayNameBefore) uniteDirect(ownBefore, formerAfter);
    if (mayNameAfter) uniteDirect(formerBefore, ownAfter);
    uniteFree(formerBefore, formerAfter);
  }

  function uniteDirect(left: readonly number[], right: readonly number[]): void {
    for (const one of left) {
      for (const other of right) {
        if (!settled.has(one) || !settled.has(other)) unite(one, other);
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
 * Requirements of `before` that share an older number with one of `after`, or that it names: what an added requirement
 * has to do with those that live on.
 */
export function relatives(before: Rem, after: Rem): (place: number) => readonly string[] {
  const byName = new Map<string, string[]>();
  for (const requirement of before.requirements) {
    for (const name of namesOf(requirement, before).former) {
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
