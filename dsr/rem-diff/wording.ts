import { sameText } from './fold.ts';
import type { RequirementPair } from './match-inside.ts';
import type { Level, WordingEntry } from './types.ts';
import type { WordDiffer } from './words.ts';

export interface Wordings {
  readonly reworded: readonly WordingEntry[];
  readonly typographyOnly: readonly WordingEntry[];
}

/** Texts that changed in one requirement: its statement, those of its scenarios, those of its proofs. */
export function compareWording(pair: RequirementPair, words: WordDiffer): Wordings {
  const reworded: WordingEntry[] = [];
  const typographyOnly: WordingEntry[] = [];
  const compare = (level: Level, from: string, target: string, before: string, after: string): void => {
    if (before === after) return;
    const { segments, coarse } = words(before, after);
    const entry = { id: pair.after.id, level, target, from, before, after, segments, coarse };
    (sameText(before, after) ? typographyOnly : reworded).push(entry);
  };
  compare('requirement', pair.before.id, pair.after.id, pair.before.statement, pair.after.statement);
  for (const { before, after } of pair.scenarios) compare('scenario', before.id, after.id, before.text, after.text);
  for (const { before, after } of pair.slots) {
    compare('slot', before.slot.id, after.slot.id, before.slot.text, after.slot.text);
  }
  return { reworded, typographyOnly };
}
