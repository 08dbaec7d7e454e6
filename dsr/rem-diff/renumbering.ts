import type { Rem } from '../rem/types.ts';
import type { Match } from './match.ts';
import { relativeId, type RequirementPair } from './match-inside.ts';
import type { Correspondence, Level, RenumberedEntry, RenumberingKind } from './types.ts';

/** Whether the numbers of a match changed, or how many there are. */
export function isRenumbered(match: Match, before: Rem, after: Rem): boolean {
  if (match.before.length === 0 || match.after.length === 0) return false;
  if (match.before.length > 1 || match.after.length > 1) return true;
  return before.requirements[match.before[0] ?? -1]?.id !== after.requirements[match.after[0] ?? -1]?.id;
}

/** Numbers that changed in a match: one entry for the requirements, then scenarios and slots, then spellings. */
export function compareNumbers(match: Match, before: Rem, after: Rem): readonly RenumberedEntry[] {
  const entries: RenumberedEntry[] = [];
  if (isRenumbered(match, before, after) && match.how !== 'none') {
    const olds = match.before.map((place) => before.requirements[place]?.id ?? '');
    const youngs = match.after.map((place) => after.requirements[place]?.id ?? '');
    const kind = kindOf(olds.length, youngs.length);
    entries.push({ id: youngs[0] ?? '', level: 'requirement', kind, how: match.how, before: olds, after: youngs });
  }
  for (const pair of match.pairs) entries.push(...inside(pair), ...spellings(pair));
  return entries;
}

function kindOf(before: number, after: number): RenumberingKind {
  if (before === 1) return after === 1 ? 'carried' : 'split';
  return after === 1 ? 'merged' : 'many-to-many';
}

/** Scenarios and slots whose number under the requirement changed: that of the requirement says the rest. */
function inside(pair: RequirementPair): readonly RenumberedEntry[] {
  const entries: RenumberedEntry[] = [];
  const compare = (level: Level, from: string, to: string, how: Correspondence): void => {
    if (relativeId(from, pair.before.id) === relativeId(to, pair.after.id)) return;
    entries.push({ id: pair.after.id, level, kind: 'carried', how, before: [from], after: [to] });
  };
  for (const { before, after, how } of pair.scenarios) compare('scenario', before.id, after.id, how);
  for (const { before, after, how } of pair.slots) compare('slot', before.slot.id, after.slot.id, how);
  return entries;
}

/** Same number, written otherwise; a layout that does not write a number says nothing of its spelling. */
function spellings(pair: RequirementPair): readonly RenumberedEntry[] {
  const entries: RenumberedEntry[] = [];
  type Numbered = { readonly id: string; readonly rawId: string };
  const compare = (level: Level, before: Numbered, after: Numbered): void => {
    if (before.id !== after.id || before.rawId === after.rawId || before.rawId === '' || after.rawId === '') return;
    entries.push({
      id: pair.after.id,
      level,
      kind: 'spelling',
      how: 'id',
      before: [before.rawId],
      after: [after.rawId],
    });
  };
  compare('requirement', pair.before, pair.after);
  for (const { before, after } of pair.scenarios) compare('scenario', before, after);
  for (const { before, after } of pair.slots) compare('slot', before.slot, after.slot);
  return entries;
}
