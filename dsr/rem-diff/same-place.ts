import type { Requirement } from '../rem/types.ts';
import { foldText } from './fold.ts';

/** A list that gains or loses a few rows moves the others by as many. */
const NEIGHBOURHOOD = 2;

/** Whether two requirements, given by their places in their lists, stand in the same section at about the same rank. */
export function samePlace(
  before: readonly Requirement[],
  after: readonly Requirement[],
): (before: number, after: number) => boolean {
  const [old, young] = [ranks(before), ranks(after)];
  return (one, other) => {
    const [left, right] = [old[one], young[other]];
    if (left === undefined || right === undefined || left.section === '' || left.section !== right.section)
      return false;
    return Math.abs(left.rank - right.rank) <= NEIGHBOURHOOD;
  };
}

function ranks(requirements: readonly Requirement[]): readonly { readonly section: string; readonly rank: number }[] {
  const next = new Map<string, number>();
  return requirements.map((requirement) => {
    const section = foldText(requirement.section).toLowerCase();
    const rank = next.get(section) ?? 0;
    next.set(section, rank + 1);
    return { section, rank };
  });
}
